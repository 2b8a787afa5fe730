using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using static GitIntent.Arv.Reporting.EscapeMarkdown;

namespace GitIntent.Arv.GitHub;

/// <summary>What stands around a short report.</summary>
/// <param name="Heading">The beginning of its first line, in Markdown of our own.</param>
/// <param name="Pointer">Where the rest is, in Markdown of our own.</param>
/// <param name="IsUnverified">The report was made by the change that it judges: nobody here can vouch for it.</param>
internal sealed record ShortMarkdownOptions(string Heading, string Pointer, bool IsUnverified = false);

/// <summary>The report for a place that has no room for all of it: the verdict, what was refused, the gates, then findings, the worst first, until the room is used up.</summary>
internal static class ShortMarkdown
{
    public const string Unverified = "reported by the pull request, not verified here";

    /// <summary>For the line that counts what was cut.</summary>
    private const int Reserve = 400;

    private const int GatesShown = 100;
    private const int LongestText = 1_000;
    private const int LongestTitle = 200;

    /// <returns>The text, never over the limit of bytes, and how many findings it leaves out.</returns>
    public static (string Text, int Cut) Write(RunReport report, int limit, ShortMarkdownOptions options)
    {
        var text = new StringBuilder();
        var room = limit - Reserve - Encoding.UTF8.GetByteCount(options.Pointer);
        foreach (var part in Head(report, options).Where(part => Fits(part, ref room)))
            text.Append(part);

        var findings = WorstFirst.Of(report).Where(static f => f.Finding.Suppressed is null).ToList();
        var written = 0;
        foreach (var part in findings.Select(One).TakeWhile(part => Fits(part, ref room)))
        {
            text.Append(part);
            written++;
        }

        var cut = findings.Count - written;
        text.Append(cut == 0 ? "\n" : $"\n**Shortened**: {Phrases.Count(cut, "finding")} and all details found no room here. ").Append(options.Pointer).Append('\n');
        return (text.ToString(), cut);
    }

    /// <summary>The verdict in one line.</summary>
    public static string Title(RunReport report) => TextBudget.Characters($"{Phrases.Of(report.Verdict)}: {Phrases.Totals(report)}", LongestTitle);

    private static bool Fits(string part, ref int room)
    {
        var bytes = Encoding.UTF8.GetByteCount(part);
        if (bytes > room) return false;

        room -= bytes;
        return true;
    }

    private static IEnumerable<string> Head(RunReport report, ShortMarkdownOptions options)
    {
        yield return $"{options.Heading}: {Phrases.Of(report.Verdict)}\n\n{Phrases.Totals(report)}.\n";
        if (options.IsUnverified) yield return $"\n> [!WARNING]\n> This was {Unverified}: the change that it judges could have written it.\n";
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
