using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using static GitIntent.Arv.Reporting.EscapeMarkdown;

namespace GitIntent.Arv.GitHub;

/// <summary>The report for a place that has no room for all of it: the verdict, what was refused, the gates, then findings, the worst first, until the room is used up.</summary>
internal static class ShortMarkdown
{
    /// <summary>For the line that counts what was cut.</summary>
    private const int Reserve = 400;

    private const int GatesShown = 100;
    private const int LongestText = 1_000;

    /// <returns>The text, never over the limit of bytes, and how many findings it leaves out.</returns>
    public static (string Text, int Cut) Write(RunReport report, int limit)
    {
        var text = new StringBuilder();
        var room = limit - Reserve;
        foreach (var part in Head(report).Where(part => Fits(part, ref room)))
            text.Append(part);

        var findings = WorstFirst.Of(report).Where(static f => f.Finding.Suppressed is null).ToList();
        var written = 0;
        foreach (var part in findings.Select(One).TakeWhile(part => Fits(part, ref room)))
        {
            text.Append(part);
            written++;
        }

        var cut = findings.Count - written;
        text.Append($"\n**Shortened**: {Phrases.Count(cut, "finding")} and all details found no room here. The whole report is in the log of this step.\n");
        return (text.ToString(), cut);
    }

    private static bool Fits(string part, ref int room)
    {
        var bytes = Encoding.UTF8.GetByteCount(part);
        if (bytes > room) return false;

        room -= bytes;
        return true;
    }

    private static IEnumerable<string> Head(RunReport report)
    {
        yield return $"# arv: {Phrases.Of(report.Verdict)}\n\n{Phrases.Totals(report)}.\n";
        if (report.Reason is { } reason) yield return $"\n**Reason:** {Short(reason)}\n";
        foreach (var gate in report.Gates.Where(static g => g.Verdict == Verdict.Refused).Take(GatesShown))
            yield return $"\n- Gate {CellCode(Cut(gate.Id))} could not judge{(gate.Reason is null ? "" : ": " + Short(gate.Reason))}\n";
        if (report.Gates.Length == 0) yield break;

        var rows = report.Gates.Take(GatesShown).Select(static gate =>
            $"| {CellCode(Cut(gate.Id))} | {Phrases.Of(gate.Verdict)} | {(Phrases.Findings(gate.Findings) is { Length: > 0 } some ? some : "–")} |\n");
        yield return "\n| Gate | Verdict | Findings |\n|---|---|---|\n" + string.Concat(rows) + "\n";
        if (report.Gates.Length > GatesShown) yield return $"{Phrases.Number(report.Gates.Length - GatesShown)} more gates found no room here.\n\n";
    }

    private static string One(GateFinding found)
    {
        var finding = found.Finding;
        var place = finding.Path is null ? "" : $" at {Code($"{Cut(finding.Path)}:{Phrases.Number(finding.Span.Line)}")}";
        var (message, more) = LongText.Split(finding.Message);
        var cut = more.IsEmpty && message.Length <= LongestText ? "" : " …";
        var remedy = finding.Remedy is null ? "" : $"\n  - Remedy: {Short(finding.Remedy)}";
        return $"- **{Phrases.Of(finding.Severity)}** {Code(Cut(finding.Rule))}{place}: {Short(message)}{cut}{remedy}\n";
    }

    private static string Short(string text) => Text(TextBudget.Characters(text, LongestText));

    private static string Cut(string id) => TextBudget.Characters(id, 300);
}
