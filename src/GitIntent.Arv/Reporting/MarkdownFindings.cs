using GitIntent.Arv.Model;
using static GitIntent.Arv.Reporting.EscapeMarkdown;

namespace GitIntent.Arv.Reporting;

/// <summary>The findings of all gates, file by file.</summary>
internal static class MarkdownFindings
{
    public static void Write(RunReport report, TextWriter output)
    {
        var all = report.Gates.SelectMany(static g => g.Findings.Select(f => new Found(g.Id, f))).ToLookup(static f => f.Finding.Suppressed is null);
        Section("Findings", all[true], output);
        Section("Suppressed", all[false], output);
    }

    private static void Section(string title, IEnumerable<Found> findings, TextWriter output)
    {
        var files = findings.GroupBy(static f => f.Finding.Path).OrderBy(static g => g.Key, StringComparer.Ordinal).ToList();
        if (files.Count == 0) return;

        output.Write($"\n## {title}\n");
        foreach (var file in files)
        {
            output.Write($"\n### {(file.Key is null ? "No one file" : Code(file.Key))}\n\n");
            foreach (var found in file.OrderBy(static f => f.Finding.Span.Line).ThenBy(static f => f.Finding.Span.Column).ThenBy(static f => f.Finding.Rule, StringComparer.Ordinal))
                One(found, output);
        }
    }

    private static void One(Found found, TextWriter output)
    {
        var finding = found.Finding;
        var place = finding.Path is null ? "" : $" at `{Phrases.Number(finding.Span.Line)}:{Phrases.Number(finding.Span.Column)}`";
        var (message, more) = LongText.Split(finding.Message);
        output.Write($"- **{Phrases.Of(finding.Severity)}** {Code(finding.Rule)}{place}: {Text(message)}\n");
        if (!more.IsEmpty) output.Write(Block(more, "  "));
        if (HistoryTable.Lines(finding) is { IsEmpty: false } history) output.Write(Block(history, "  "));
        output.Write($"  - Gate {Code(found.Gate)}, check {Code(finding.Check)}\n");
        if (finding.Remedy is not null) output.Write($"  - Remedy: {Text(finding.Remedy)}\n");
        if (finding.Help is not null) output.Write($"  - Help: {Code(finding.Help)}\n");
        if (finding.Suppressed is { } suppressed)
        {
            var until = suppressed.Until is null ? "" : $" until {Text(suppressed.Until)}";
            output.Write($"  - Suppressed by {Text(suppressed.By)}{until}: {Text(suppressed.Reason)}\n");
        }
    }

    private readonly record struct Found(string Gate, Finding Finding);
}
