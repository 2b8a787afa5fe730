using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>A report that was made elsewhere, to be shown here.</summary>
internal sealed record AnnotateRequest
{
    public required string Report { get; init; }

    /// <summary>Whether whoever made the report is to be believed.</summary>
    public bool IsTrusted { get; init; }

    public required ChannelChoice Choice { get; init; }

    /// <summary>The folder of the repository that the report's paths start at.</summary>
    public string Prefix { get; init; } = "";
}
