using System.Collections.Immutable;

namespace GitIntent.Arv.Kinds.Files;

/// <summary>A <c>files</c> block, read.</summary>
internal sealed record FilesRules
{
    public required ImmutableArray<PathPattern> Require { get; init; }

    public required ImmutableArray<PathPattern> Forbid { get; init; }

    /// <summary>Whether a file name is good; null where any is.</summary>
    public required Func<string, bool>? Name { get; init; }

    /// <summary>As the configuration says it.</summary>
    public required string? NameText { get; init; }

    public required int? Min { get; init; }

    public required int? Max { get; init; }

    public required bool Tracked { get; init; }

    public required bool HasInclude { get; init; }
}
