using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>A finding as a check run shows it at its line.</summary>
internal sealed record Annotation
{
    /// <summary>64 KB, less what the loss of a line adds.</summary>
    private const int LongestMessage = 64_000;

    private const int LongestTitle = 255;

    public required string Path { get; init; }

    public required int StartLine { get; init; }

    public required int EndLine { get; init; }

    /// <summary>Only where the finding is within one line: the API takes columns nowhere else.</summary>
    public int? StartColumn { get; init; }

    public int? EndColumn { get; init; }

    /// <summary><c>failure</c>, <c>warning</c> or <c>notice</c>.</summary>
    public required string Level { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    /// <summary>The open findings that have a path, the worst first; the others stand in the text of the check.</summary>
    /// <param name="report">What the run came to.</param>
    /// <param name="prefix">From the top of the repository to the root of the report: empty, or with a slash at its end.</param>
    public static IEnumerable<Annotation> Of(RunReport report, string prefix) =>
        WorstFirst.Of(report).Where(static f => f.Finding is { Suppressed: null, Path: not null }).Select(f => Of(f, prefix));

    private static Annotation Of(GateFinding found, string prefix)
    {
        var (finding, span) = (found.Finding, found.Finding.Span);
        // A range without width is refused by its columns.
        var inLine = span.Line == span.EndLine && span.EndColumn > span.Column;
        return new Annotation
        {
            Path = EscapeTerminal.Text(prefix + finding.Path!),
            StartLine = span.Line,
            EndLine = Math.Max(span.Line, span.EndLine),
            StartColumn = inLine ? span.Column : null,
            EndColumn = inLine ? span.EndColumn - 1 : null,
            Level = LevelOf(finding.Severity),
            Title = TextBudget.Characters(EscapeTerminal.Text($"{finding.Rule} ({found.Gate}/{finding.Check})"), LongestTitle),
            Message = MessageOf(finding),
        };
    }

    /// <summary>Where the line is not that of the head: the file's first, and in words where it was.</summary>
    public Annotation WithoutLine(string commit) => this with
    {
        StartLine = 1,
        EndLine = 1,
        StartColumn = null,
        EndColumn = null,
        Message = $"At line {Phrases.Number(StartLine)} of what was judged, {CommitId.Short(commit)}; at the head that line is another or elsewhere.\n{Message}",
    };

    private static string MessageOf(Finding finding)
    {
        string?[] parts = [finding.Message, finding.Remedy is null ? null : "Remedy: " + finding.Remedy, finding.Help is null ? null : "Help: " + finding.Help];
        var lines = string.Join('\n', parts.Where(static p => !string.IsNullOrEmpty(p))).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(EscapeTerminal.Text);
        var text = string.Join('\n', lines);
        if (string.IsNullOrWhiteSpace(text)) return "See the rule.";

        return Encoding.UTF8.GetByteCount(text) <= LongestMessage ? text : TextBudget.Bytes(text, LongestMessage) + "\n… (cut; the report has all of it)";
    }

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "failure",
        Severity.Warning => "warning",
        _ => "notice",
    };
}
