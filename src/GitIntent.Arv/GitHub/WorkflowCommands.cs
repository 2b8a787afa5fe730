using System.Globalization;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>
/// Annotations by workflow commands (<c>::error file=…</c>): they need no token. The runner takes ten of each level of a step, in order of
/// arrival, and drops the others without a word (actions/runner: src/Runner.Worker/ExecutionContext.cs), so the worst come first and the account counts the rest.
/// </summary>
internal static class WorkflowCommands
{
    private const int PerLevel = 10;

    /// <summary>The runner cuts a message there, without a word.</summary>
    private const int LongestMessage = 4_096;

    private const string CutMark = "… (cut)";

    /// <param name="report">What the run came to.</param>
    /// <param name="prefix">What leads from the top of the workspace to the root of the report: empty, or with a slash at its end; null where the root is not in it.</param>
    /// <param name="output">Where the runner reads.</param>
    public static ChannelAccount Write(RunReport report, string? prefix, TextWriter output)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal) { ["error"] = PerLevel, ["warning"] = PerLevel, ["notice"] = PerLevel };
        int written = 0, more = 0;
        foreach (var (level, properties, message) in Refusals(report).Concat(Findings(report, prefix)))
        {
            if (left[level]-- > 0)
            {
                output.Write($"::{level} {properties}::{Data(message)}\n");
                written++;
            }
            else
            {
                more++;
            }
        }

        return more == 0
            ? new ChannelAccount(Channel.Commands, ChannelOutcome.Published, Phrases.Count(written, "annotation"))
            : new ChannelAccount(Channel.Commands, ChannelOutcome.Cut,
                $"at {Phrases.Count(written, "annotation")}, the worst first, for the runner takes {PerLevel} of each level; {Phrases.Number(more)} more in the log above");
    }

    private static IEnumerable<(string Level, string Properties, string Message)> Findings(RunReport report, string? prefix) =>
        WorstFirst.Of(report).Where(static f => f.Finding.Suppressed is null)
            .Select(f => (Level(f.Finding.Severity), Place(f.Finding, prefix) + "title=" + Property(f.Finding.Rule), Message(f.Finding, prefix)));

    /// <summary>One for all gates: what could not judge must be seen, however many findings there are.</summary>
    private static IEnumerable<(string Level, string Properties, string Message)> Refusals(RunReport report)
    {
        if (report.Verdict == Verdict.Refused && report.Reason is { } reason)
            yield return ("error", "title=arv refused", reason);
        var refused = report.Gates.Where(static g => g.Verdict == Verdict.Refused).ToList();
        if (refused.Count > 0)
            yield return ("error", "title=arv refused", "Could not judge:\n" + string.Join('\n', refused.Select(static g => g.Reason is null ? g.Id : $"{g.Id}: {g.Reason}")));
    }

    private static string Place(Finding finding, string? prefix)
    {
        if (finding.Path is not { } path || prefix is null) return "";

        var span = finding.Span;
        var lines = string.Create(CultureInfo.InvariantCulture, $"file={Property(prefix + path)},line={span.Line},endLine={span.EndLine},");
        return span.Line == span.EndLine ? lines + string.Create(CultureInfo.InvariantCulture, $"col={span.Column},endColumn={span.EndColumn},") : lines;
    }

    private static string Message(Finding finding, string? prefix)
    {
        var place = finding.Path is { } path && prefix is null ? string.Create(CultureInfo.InvariantCulture, $"{path}:{finding.Span.Line}: ") : "";
        var remedy = finding.Remedy is null ? "" : "\nRemedy: " + finding.Remedy;
        var help = finding.Help is null ? "" : "\nHelp: " + finding.Help;
        return place + finding.Message + remedy + help;
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    /// <summary>The runner turns back %25, %0D and %0A, so the percent sign goes first.</summary>
    private static string Data(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(static line => EscapeWorkflowLog.Line(EscapeTerminal.Text(line)));
        var safe = string.Join('\n', lines);
        if (safe.Length > LongestMessage)
            safe = TextBudget.Characters(safe, LongestMessage - CutMark.Length) + CutMark;
        return safe.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
    }

    private static string Property(string text) =>
        Data(EscapeTerminal.Text(text)).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
