using System.Collections.Immutable;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli;

/// <summary>What somebody asked for on the command line.</summary>
internal sealed record RunRequest
{
    public string? Root { get; init; }

    public string? Config { get; init; }

    /// <summary>Null: every gate.</summary>
    public ImmutableArray<string>? Only { get; init; }

    public ImmutableArray<string> Skip { get; init; } = [];

    public bool NoExec { get; init; }

    public int? Jobs { get; init; }

    public bool FailFast { get; init; }

    public TimeSpan? Timeout { get; init; }

    public bool Strict { get; init; }

    /// <summary>Do not wait for another run in the same tree.</summary>
    public bool NoWait { get; init; }

    /// <summary>The process that this run ends with; null: none.</summary>
    public int? Parent { get; init; }

    /// <summary>The file for the run's log; null: none.</summary>
    public string? Log { get; init; }

    /// <summary>Where the run is shown in a workflow: what <c>--github</c> says.</summary>
    public string GitHub { get; init; } = "off";

    public ImmutableArray<(IReporter Reporter, string Path)> Reports { get; init; } = [];
}
