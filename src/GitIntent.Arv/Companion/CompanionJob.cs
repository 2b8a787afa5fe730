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
}
