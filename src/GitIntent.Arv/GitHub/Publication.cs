using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GitIntent.Arv.GitHub;

/// <summary>All that the companion needs to publish a report, but for the token. It judges nothing and words nothing.</summary>
internal sealed record Publication
{
    public required Uri Api { get; init; }

    public Uri? GraphQl { get; init; }

    public required string Owner { get; init; }

    public required string Repository { get; init; }

    /// <summary>The commit that the check run belongs on.</summary>
    public required string Head { get; init; }

    /// <summary>The commit that was judged; another than <see cref="Head"/> where the runner checked out a merge. Null where it is not known.</summary>
    public string? Judged { get; init; }

    /// <summary>Whether nothing may be published before the API has said that what was judged is the head, or a merge of it.</summary>
    public bool MustVerify { get; init; }

    public int? PullRequest { get; init; }

    /// <summary>By which the pull request is looked up where its number is not known.</summary>
    public PullRequestHead? Source { get; init; }

    public CheckPublication? Check { get; init; }

    public CommentPublication? Comment { get; init; }

    /// <summary>When to end with what there is.</summary>
    public required TimeSpan Deadline { get; init; }
}

internal sealed record CheckPublication
{
    public required string Name { get; init; }

    /// <summary>The same for the same step of the same attempt: a second try finds the first's check.</summary>
    public required string ExternalId { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>neutral</c> or <c>skipped</c>.</summary>
    public required string Conclusion { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public Uri? Details { get; init; }

    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <param name="Marker">The first line of the comment: which is ours, and whose. Nobody sees it.</param>
/// <param name="Body">With the marker.</param>
/// <param name="IsQuiet">All is well: an earlier comment is edited, but none is begun.</param>
internal sealed record CommentPublication(string Marker, string Body, bool IsQuiet);

/// <summary>The two ends of the publisher's channel; made at compile time, since the command's end is native.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(ChannelAccount))]
internal sealed partial class PublishJson : JsonSerializerContext;
