using System.Collections.Immutable;

namespace GitIntent.Arv.Companion;

/// <summary>One job for one companion process.</summary>
internal sealed record CompanionJob
{
    /// <summary>Its standard input: JSON. What is secret goes here or into <see cref="Environment"/>, never into arguments.</summary>
    public required ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>The whole environment; that of a job that runs users' code is made by <see cref="Scope.ChildEnvironment"/>.</summary>
    public required ImmutableDictionary<string, string> Environment { get; init; }

    /// <summary>The folder it starts in, absolute.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>When it, and all that it started, is ended.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>A folder of NuGet packages, in which what a user's library needs is found without being copied beside it; null: none.</summary>
    public string? Packages { get; init; }

    /// <summary>How long it may add nothing to its answer before it is ended; null: as long as it likes.</summary>
    public TimeSpan? Silence { get; init; }
}
