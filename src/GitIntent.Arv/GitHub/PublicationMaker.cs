using System.Security.Cryptography;
using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>Words a report for the check run and the comment, each within its limit of bytes.</summary>
internal static class PublicationMaker
{
    /// <summary>The API counts bytes, and refuses 65,536.</summary>
    private const int SummaryLimit = 65_000;

    /// <summary>For reading; the check has the rest.</summary>
    private const int CommentLimit = 20_000;

    private const int LongestName = 200;

    public static CheckPublication Check(RunReport report, WorkflowContext context, string prefix, bool isUnverified) => new()
    {
        Name = Name(context, isUnverified),
        ExternalId = $"arv:{context.RunId}:{context.Attempt}:{Hash($"{context.Key}\n{context.Step}\n{isUnverified}")}",
        Conclusion = Conclusion(report.Verdict, isUnverified),
        Title = ShortMarkdown.Title(report) + (isUnverified ? $" ({ShortMarkdown.Unverified})" : ""),
        Summary = ShortMarkdown.Write(report, SummaryLimit, Options(context, "# arv", isUnverified)).Text,
        Details = context.RunPage,
        Annotations = [.. Annotation.Of(report, prefix)],
    };

    public static CommentPublication Comment(RunReport report, WorkflowContext context, bool isUnverified)
    {
        var marker = Marker(context.Key + (isUnverified ? "\nunverified" : ""));
        var name = EscapeMarkdown.Code(Name(context, isUnverified));
        var isQuiet = report.Verdict is Verdict.Passed or Verdict.Skipped && report.Gates.All(static g => g.Findings.All(static f => f.Suppressed is not null));
        var body = isQuiet
            ? $"{name}: {ShortMarkdown.Title(report)}{(isUnverified ? $" ({ShortMarkdown.Unverified})" : "")}\n"
            : ShortMarkdown.Write(report, CommentLimit, Options(context, $"### {name}", isUnverified)).Text;
        return new CommentPublication(marker, $"{marker}\n{body}", isQuiet);
    }

    public static ShortMarkdownOptions Options(WorkflowContext context, string heading, bool isUnverified) => new(
        heading,
        context.RunPage is { } page ? $"The whole report is in the log of [the workflow's run]({page.AbsoluteUri})." : "The whole report is in the workflow's log.",
        isUnverified);

    /// <summary>
    /// A pass is a success only where this job made it. What could not be judged is a failure: <c>neutral</c> satisfies a required check.
    /// </summary>
    public static string Conclusion(Verdict verdict, bool isUnverified) => verdict switch
    {
        Verdict.Passed => isUnverified ? "neutral" : "success",
        Verdict.Skipped => isUnverified ? "neutral" : "skipped",
        _ => "failure",
    };

    /// <summary>An unverified check has a name of its own: a required check is satisfied by <c>neutral</c>, too, and nobody should require that one.</summary>
    private static string Name(WorkflowContext context, bool isUnverified) =>
        TextBudget.Characters(EscapeTerminal.Text(context.CheckName), LongestName) + (isUnverified ? " (not verified)" : "");

    /// <summary>The key is hashed, so that no name of a workflow or value of a matrix can end the HTML comment.</summary>
    private static string Marker(string key) => $"<!-- arv:comment:{Hash(key)} -->";

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
}
