using System.Globalization;
using System.Text;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>Rules that ask for too much: one clear error, or an answer, for memory in proportion to what was asked.</summary>
public sealed class BadRules
{
    [Fact]
    public void A_literal_of_a_megabyte_is_refused_before_anything_is_made_of_it()
    {
        var literal = new string('x', 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<PatternException>(() => Pattern.OfLiteral(literal)).Message.ShouldBe("the pattern is too large: it has 1048576 characters, allowed are 65536");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Theory]
    [InlineData("''", "expected a literal text")]
    [InlineData("{ regex: '' }", "regex: expected a pattern")]
    [InlineData("{ regex: 'a*' }", "the pattern can match the empty string, so it would match everywhere")]
    [InlineData("{ regex: '(?:a|)' }", "the pattern can match the empty string")]
    public void A_pattern_that_would_match_everywhere_is_an_error_of_the_configuration(string forbid, string said) =>
        TextChecks.ErrorsOf($"ABC001: {{ forbid: {forbid} }}").All.ShouldHaveSingleItem().Message.ShouldContain(said);

    [Fact]
    public void A_thousand_groups_within_groups_are_an_error_at_the_first_too_many()
    {
        var errors = TextChecks.ErrorsOf($"ABC001: {{ forbid: {{ regex: '{new string('(', 1000)}a{new string(')', 1000)}' }} }}");

        var error = errors.All.ShouldHaveSingleItem();
        error.Message.ShouldContain("groups are nested more than 250 deep");
    }

    [Fact]
    public async Task A_hundred_thousand_rules_in_one_file_are_more_than_a_configuration_may_hold()
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml", "version: 1\ngates:\n  g:\n    checks:\n      c:\n        text:\n" + Rules(100_000, "          ", "needle"));

        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: it has 4300058 bytes; expected at most 1048576");
    }

    /// <summary>Several files hold as many as a team likes.</summary>
    [Theory]
    [InlineData("needle")]
    [InlineData("[0-9]")]
    public void Ten_times_the_rules_take_ten_times_the_memory_and_each_finds_its_own(string start)
    {
        _ = Allocated(10, start); // what is made once
        var (few, many) = (Allocated(100, start), Allocated(1_000, start));

        (many / (double)few).ShouldBeLessThan(12);
    }

    private static long Allocated(int rules, string start)
    {
        var yaml = Rules(rules, "", start);
        var last = (rules - 1).ToString("00000", CultureInfo.InvariantCulture);
        var text = Encoding.UTF8.GetBytes($"a needle{last} in 7{last}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcome = TextChecks.Run(TextChecks.Read(yaml), [("a.txt", text)]);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        outcome.Refusal.ShouldBeNull();
        outcome.Findings.Select(static f => f.Rule).ShouldContain("AB" + last);
        return allocated;
    }

    private static string Rules(int count, string indent, string start)
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var pattern = start + i.ToString("00000", CultureInfo.InvariantCulture);
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}AB{i:00000}: {{ forbid: {(start == "needle" ? pattern : $"{{ regex: '{pattern}' }}")} }}\n");
        }
        return yaml.ToString();
    }
}
