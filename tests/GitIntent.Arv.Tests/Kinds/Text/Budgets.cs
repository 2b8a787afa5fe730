using System.Text;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>A rule that takes too much work in a file refuses its check, and both are named.</summary>
public sealed class Budgets
{
    private const string Refusal = "took more work than its budget in";

    /// <summary>Linear for each match, quadratic for all: on a megabyte of <c>a{</c> it would take an hour.</summary>
    private const string Slow = "{ regex: 'a[^z]*z|a' }";

    private static readonly byte[] Input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a{", 512 * 1024)));

    private static readonly byte[] Short = Input[..(64 * 1024)];

    [Fact]
    public void A_rule_with_quadratic_work_is_refused_and_named_with_its_file()
    {
        var check = TextChecks.Read($"ABC001: {{ forbid: {Slow} }}\nABC002: {{ forbid: 'a{{a' }}");

        var outcome = TextChecks.Run(check, [("slow.txt", Input), ("quick.txt", "xa"u8.ToArray())]);

        outcome.Refusal.ShouldBe($"ABC001: {Refusal} slow.txt; make its pattern more precise, or exclude the file");
        outcome.Findings.Count(f => f.Rule == "ABC001").ShouldBe(1, "of the slow file none, as how many were found before says nothing");
        outcome.Findings.Count(f => f.Rule == "ABC002").ShouldBe((512 * 1024) / 2);
    }

    [Fact]
    public void A_rule_with_linear_work_is_not_refused()
    {
        var check = TextChecks.Read("ABC001: { forbid: { regex: '(?:a|b|\\{)+?z' } }\nABC002: { forbid: { regex: '(?i)a[^a]{1,8}z' } }");

        TextChecks.Run(check, [("long.txt", [.. Input, (byte)'z'])]).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_require_or_where_over_its_budget_decides_nothing()
    {
        const string tooMuch = "{ regex: '(?:[a{]{1,999}x?){1}[^y]{0,900}q' }";
        var check = TextChecks.Read($"ABC001: {{ require: {tooMuch} }}\nABC002: {{ require: never, where: {tooMuch} }}\nABC003: {{ require: {tooMuch}, across: any }}");

        var outcome = TextChecks.Run(check, [("slow.txt", [.. Short, (byte)'y', (byte)'q'])]);

        outcome.Refusal.ShouldNotBeNull().Split("; ").Count(r => r.Contains(Refusal, StringComparison.Ordinal)).ShouldBe(3);
        outcome.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Several_overruns_are_named_in_order_of_path_and_rule()
    {
        var check = TextChecks.Read($"ABC002: {{ forbid: {Slow} }}\nABC001: {{ forbid: {Slow} }}");
        var context = TextChecks.Context([("b", Short), ("a", Short)]);
        var scan = check.BeginScan([new ScanPart(check, context)]);
        foreach (var path in new[] { "b", "a" })
            scan.NewWorker().Visit(context.Inputs.Files.First(f => f.Path == path), new MemoryBytes(Short), [0], CancellationToken.None);

        scan.End(0).Refusal.ShouldNotBeNull().Split("; ").Where(r => r.Contains(Refusal, StringComparison.Ordinal)).ShouldBe(
            [$"ABC001: {Refusal} a", $"ABC002: {Refusal} a", $"ABC001: {Refusal} b", $"ABC002: {Refusal} b"], ignoreOrder: false);
    }

    [Fact]
    public void A_rule_that_matches_everywhere_is_refused_and_the_others_are_not()
    {
        var check = TextChecks.Read("ABC001: { forbid: { regex: '.' } }\nABC002: { forbid: end }");

        var outcome = TextChecks.Run(check, [("a.txt", [.. Short, .. Short, .. "end"u8]), ("b.txt", [.. Short, .. Short, .. Short, .. "end"u8])]);

        outcome.Refusal.ShouldBe("ABC001: matches more than 300000 times; make its pattern more precise");
        TextChecks.Places(outcome).ShouldBe(["a.txt:1:131073-1:131076 ABC002", "b.txt:1:196609-1:196612 ABC002"]);
    }

    [Fact]
    public void Matches_beyond_the_first_window_are_found_with_their_places()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é const x = 1;\r\n", 200_000)) + "😀 DateTime.Now\r\n" + new string('a', 1_500_000) + " DateTime.Now");
        var check = TextChecks.Read("ABC001: { forbid: { regex: 'DateTime\\.Now\\b' } }\nABC002: { require: { regex: 'a Date' } }\nABC003: { require: { regex: 'never' } }");

        TextChecks.Places(TextChecks.Run(check, [("long.txt", text)])).ShouldBe(
            ["long.txt:1:1-1:1 ABC003", "long.txt:200001:4-200001:16 ABC001", "long.txt:200002:1500002-200002:1500014 ABC001"]);
    }
}
