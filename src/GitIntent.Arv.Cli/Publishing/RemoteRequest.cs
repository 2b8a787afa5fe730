using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>A report for the channels that need the API.</summary>
internal sealed record RemoteRequest
{
    public required RunReport Report { get; init; }

    public required WorkflowContext Workflow { get; init; }

    /// <summary>From the top of the repository to the root of the report: empty, or with a slash at its end.</summary>
    public required string Prefix { get; init; }

    /// <summary>The commit that was judged; null where nobody knows.</summary>
    public required string? Judged { get; init; }

    public required bool Check { get; init; }

    public required bool Comment { get; init; }

    /// <summary>The change made the report itself: it is held against the event's commit, and never a success.</summary>
    public bool IsUnverified { get; init; }

    public IEnumerable<Channel> Wanted => new[] { (Channel.Check, Check), (Channel.Comment, Comment) }.Where(static c => c.Item2).Select(static c => c.Item1);
}
