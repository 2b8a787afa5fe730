using GitIntent.Arv.Model;
using static GitIntent.Arv.Reporting.EscapeMarkdown;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// The report for a page on GitHub. Nothing in it depends on the clock. Findings are never cut: a reader with a limit does that, and says so.
/// </summary>
internal sealed class MarkdownReporter : IReporter
{
    /// <summary>Of binaries and the like there can be thousands.</summary>
    private const int HarmlessShown = 20;

    public string Name => "markdown";

    public string Title => "Markdown";

    public void Write(RunReport report, TextWriter output)
    {
        Heading(report, output);
        if (report.Gates.Length > 0) Table(report, output);
        MarkdownFindings.Write(report, output);
        NotJudged(report, output);
        LeftOut(report, output);
    }

    private static void Heading(RunReport report, TextWriter output)
    {
        output.Write($"# {Symbol(report.Verdict)} arv: {Phrases.Of(report.Verdict)}\n\n");
        if (report.Reason is not null) output.Write($"**Reason:** {Text(report.Reason)}\n\n");
        output.Write($"{Phrases.Totals(report)}.\n");
        foreach (var notice in report.Notices)
            output.Write($"\n> **Notice:** {Text(notice)}\n");
    }

    private static void Table(RunReport report, TextWriter output)
    {
        output.Write("\n| Gate | Verdict | Checks | Findings | Inputs read |\n|---|---|---:|---|---:|\n");
        foreach (var gate in report.Gates)
        {
            var passed = gate.Checks.Count(static c => c.Verdict == Verdict.Passed);
            var read = gate.Evidence.Matched == 0 ? "–" : $"{Phrases.Number(gate.Evidence.Read)} of {Phrases.Number(gate.Evidence.Matched)}";
            var findings = Phrases.Findings(gate.Findings) is { Length: > 0 } some ? some : "–";
            output.Write($"| {CellCode(gate.Id)} | {Symbol(gate.Verdict)} {Phrases.Of(gate.Verdict)} | ");
            output.Write($"{Phrases.Number(passed)} of {Phrases.Number(gate.Checks.Length)} passed | {findings} | {read} |\n");
        }
    }

    private static void NotJudged(RunReport report, TextWriter output)
    {
        var gates = report.Gates.Where(static g => IsUnjudged(g.Verdict) || g.Checks.Any(static c => IsUnjudged(c.Verdict))).ToList();
        if (gates.Count == 0) return;

        output.Write("\n## Refused and skipped\n\n");
        foreach (var gate in gates)
        {
            var verdict = IsUnjudged(gate.Verdict) ? $" was {Phrases.Of(gate.Verdict)}" : "";
            output.Write($"- Gate {Code(gate.Id)}{verdict}{Because(gate.Reason)}\n");
            foreach (var check in gate.Checks.Where(static c => IsUnjudged(c.Verdict)))
                output.Write($"  - {Symbol(check.Verdict)} check {Code(check.Id)} was {Phrases.Of(check.Verdict)}{Because(check.Reason)}\n");
        }
    }

    private static void LeftOut(RunReport report, TextWriter output)
    {
        var gates = report.Gates.Where(static g => g.Evidence.LeftOut.Length > 0).ToList();
        if (gates.Count == 0) return;

        output.Write("\n## Left out\n\n");
        foreach (var gate in gates)
        {
            output.Write($"- Gate {Code(gate.Id)}: {Text(Phrases.Looked(gate.Evidence))}\n");
            var (harmless, grave) = (All(gate, harmless: true), All(gate, harmless: false));
            foreach (var leftOut in grave.Concat(harmless.Take(HarmlessShown)))
                output.Write($"  - {Code(leftOut.Path)}: {Text(leftOut.Reason)}\n");
            if (harmless.Count > HarmlessShown)
                output.Write($"  - and {Phrases.Number(harmless.Count - HarmlessShown)} more that no verdict depends on\n");
        }
    }

    private static List<LeftOut> All(GateReport gate, bool harmless) =>
        [.. gate.Evidence.LeftOut.Where(l => LeftOutReasons.IsHarmless(l.Reason) == harmless)];

    private static bool IsUnjudged(Verdict verdict) => verdict is Verdict.Refused or Verdict.Skipped;

    private static string Because(string? reason) => reason is null ? "" : ": " + Text(reason);

    private static string Symbol(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Failed => "❌",
        Verdict.Refused => "⛔",
        _ => "⏭️",
    };
}
