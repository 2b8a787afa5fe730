using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>
/// The page of the workflow's run. A summary over 1,048,576 bytes is dropped whole, and the step stays green: what is in the file already counts.
/// </summary>
internal static class StepSummary
{
    public const int Limit = 1_048_576;

    /// <summary>Less room than this holds nothing that helps.</summary>
    private const int Least = 2_000;

    private static readonly ShortMarkdownOptions InOwnLog = new("# arv", "The whole report is in the log of this step.");

    /// <param name="report">What the run came to.</param>
    /// <param name="file">The file that GITHUB_STEP_SUMMARY names.</param>
    /// <param name="shortly">Set for a report that another step has made, and shown: the short form, and no more.</param>
    public static ChannelAccount Write(RunReport report, string? file, ShortMarkdownOptions? shortly = null) => RunnerFile.Append(Channel.Summary, "GITHUB_STEP_SUMMARY", file, length =>
    {
        // Heading and list must not hang on to what somebody wrote before.
        var before = length == 0 ? "" : "\n\n";
        var room = Limit - length - before.Length;
        if (room < Least)
            return (null, new ChannelAccount(Channel.Summary, ChannelOutcome.Denied, $"the summary has {length} of {Limit} bytes already"));

        if (shortly is null && Whole(report) is var whole && Encoding.UTF8.GetByteCount(whole) <= room)
            return (before + whole, new ChannelAccount(Channel.Summary, ChannelOutcome.Published, "the whole report"));

        var (text, cut) = ShortMarkdown.Write(report, (int)room, shortly ?? InOwnLog);
        if (shortly is not null && cut == 0)
            return (before + text, new ChannelAccount(Channel.Summary, ChannelOutcome.Published, "all findings"));

        return (before + text, new ChannelAccount(Channel.Summary, ChannelOutcome.Cut,
            $"shortened to {Encoding.UTF8.GetByteCount(text)} bytes, {Phrases.Count(cut, "finding")} left out, the mildest; all are in the {(shortly is null ? "log above" : "report")}"));
    });

    private static string Whole(RunReport report)
    {
        using var whole = new StringWriter();
        Reporters.All.OfType<MarkdownReporter>().Single().Write(report, whole);
        return whole.ToString();
    }
}
