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

    public static ChannelAccount Write(RunReport report, string? file) => RunnerFile.Append(Channel.Summary, "GITHUB_STEP_SUMMARY", file, length =>
    {
        // Heading and list must not hang on to what somebody wrote before.
        var before = length == 0 ? "" : "\n\n";
        var room = Limit - length - before.Length;
        if (room < Least)
            return (null, new ChannelAccount(Channel.Summary, ChannelOutcome.Denied, $"the summary has {length} of {Limit} bytes already"));

        using var whole = new StringWriter();
        Reporters.All.OfType<MarkdownReporter>().Single().Write(report, whole);
        var text = whole.ToString();
        if (Encoding.UTF8.GetByteCount(text) <= room)
            return (before + text, new ChannelAccount(Channel.Summary, ChannelOutcome.Published, "the whole report"));

        (text, var cut) = ShortMarkdown.Write(report, (int)room);
        return (before + text, new ChannelAccount(Channel.Summary, ChannelOutcome.Cut,
            $"shortened to {Encoding.UTF8.GetByteCount(text)} bytes, {Phrases.Count(cut, "finding")} left out, the mildest; all are in the log above"));
    });
}
