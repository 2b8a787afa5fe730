using System.Text.RegularExpressions;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub;

public sealed partial class CommandsAnnotate
{
    [Theory]
    [InlineData(0, 0, "github commands: published: 0 annotations")]
    [InlineData(1, 1, "github commands: published: 1 annotation")]
    [InlineData(10, 10, "github commands: published: 10 annotations")]
    [InlineData(11, 10, "github commands: cut: at 10 annotations, the worst first, for the runner takes 10 of each level; 1 more in the log above")]
    [InlineData(10_000, 10, "github commands: cut: at 10 annotations, the worst first, for the runner takes 10 of each level; 9990 more in the log above")]
    public void Ten_of_a_level_are_written_and_the_rest_is_counted(int findings, int written, string account)
    {
        var (lines, said) = Written(Errors(findings));

        lines.Length.ShouldBe(written);
        said.ShouldBe(account);
    }

    [Fact]
    public void The_worst_come_first_and_a_crowded_level_leaves_the_others_their_ten()
    {
        var notes = Enumerable.Range(1, 12).Select(static i => Found(Severity.Note, "note", i));
        var warnings = Enumerable.Range(1, 12).Select(static i => Found(Severity.Warning, "warning", i));

        var (lines, said) = Written(With([.. notes, .. warnings, Found(Severity.Error, "error")]));

        lines.Select(static l => l.Split(' ')[0]).ShouldBe(["::error", .. Enumerable.Repeat("::warning", 10), .. Enumerable.Repeat("::notice", 10)]);
        said.ShouldContain("4 more in the log above");
    }

    [Fact]
    public void A_finding_has_its_place_rule_and_remedy() =>
        Written(With(Found(Severity.Error, "100% wrong", 3, "a,b:c.ts") with { Remedy = "Mend it.\nNow." }), "sub/").Lines
            .ShouldBe(["::error file=sub/a%2Cb%3Ac.ts,line=3,endLine=3,col=7,endColumn=9,title=ADK001::100%25 wrong%0ARemedy: Mend it.%0ANow."]);

    [Fact]
    public void Outside_the_workspace_the_place_is_in_the_message() =>
        Written(With(Found(Severity.Error, "wrong", 3)), prefix: null).Lines.ShouldBe(["::error title=ADK001::src/a.ts:3: wrong"]);

    [Fact]
    public void A_suppressed_finding_is_not_annotated() =>
        Written(With(Found(Severity.Error, "x") with { Suppressed = new Suppression("baseline", "known", null) })).Lines.ShouldBeEmpty();

    [Fact]
    public void A_refused_gate_is_an_error_before_all_findings()
    {
        var report = Errors(20);
        report = report with { Gates = [.. report.Gates, report.Gates[0] with { Id = "smoke", Verdict = Verdict.Refused, Reason = "no file", Findings = [] }] };

        Written(report).Lines[0].ShouldBe("::error title=arv refused::Could not judge:%0Asmoke: no file");
    }

    [Fact]
    public void A_long_message_is_cut_where_the_runner_would_and_says_so()
    {
        var exact = Written(With(Found(Severity.Error, new string('x', 4_096)))).Lines[0];
        var over = Written(With(Found(Severity.Error, new string('x', 70_000)))).Lines[0];

        exact.ShouldEndWith("xxx");
        over.ShouldEndWith("x… (cut)");
        over[(over.LastIndexOf("::", StringComparison.Ordinal) + 2)..].Length.ShouldBe(4_096);
    }

    [Theory]
    [InlineData("::error::owned")]
    [InlineData("##[error]owned")]
    [InlineData("%0A::error::owned")]
    [InlineData("\u001b[31mred\u202e")]
    [InlineData("a\n::add-mask::b\r::error::c")]
    public void Hostile_text_stays_in_its_message(string text)
    {
        var line = Written(With(Found(Severity.Error, text, 1, text) with { Rule = text, Remedy = text, Help = text })).Lines.ShouldHaveSingleItem();

        ShouldBeInert(line);
    }

    [Fact]
    public void A_hostile_report_makes_only_commands_of_ours()
    {
        foreach (var line in Written(Hostile).Lines)
            ShouldBeInert(line);
    }

    private static void ShouldBeInert(string line)
    {
        line.ShouldMatch(Command().ToString());
        line.ShouldNotContain("##[");
        line.ShouldNotContain('\u001b');
        line.ShouldNotContain('\u202e');
        // What the runner prints of the message, once it has turned the escapes back.
        var message = line[(line.IndexOf("::", 2, StringComparison.Ordinal) + 2)..];
        var printed = message.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
        printed.Split('\n', '\r').ShouldAllBe(static l => !l.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    private static (string[] Lines, string Account) Written(RunReport report, string? prefix = "")
    {
        using var output = new StringWriter();
        var account = WorkflowCommands.Write(report, prefix, output);
        return (output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), account.ToString());
    }

    /// <summary>A level, properties without a colon, and the message.</summary>
    [GeneratedRegex(@"^::(error|warning|notice) ((file|line|endLine|col|endColumn|title)=[^:,\r\n]*,?)+::[^\r\n]*$")]
    private static partial Regex Command();
}
