using System.Collections.Frozen;
using System.Collections.Immutable;
using GitIntent.Arv.Planning;

namespace GitIntent.Arv.Running;

/// <summary>How to run, beside what the plan says.</summary>
internal sealed record RunOptions
{
    /// <summary>How many checks, and how many files of a scan, at a time.</summary>
    public required int Jobs { get; init; }

    /// <summary>Start nothing more once a gate has failed.</summary>
    public bool FailFast { get; init; }

    /// <summary>Warnings fail too.</summary>
    public bool Strict { get; init; }

    /// <summary>Leave out what runs commands.</summary>
    public bool NoExec { get; init; }

    /// <summary>What has not ended by then is refused; null: no bound on the whole.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Why nothing is to run at all: this run is inside another one of the same tree.</summary>
    public string? StandAside { get; init; }

    /// <summary>The gates to run, with what they need; null: all.</summary>
    public FrozenSet<string>? Only { get; init; }

    /// <summary>The checks to run, with what they need, whatever their gates; null: all.</summary>
    public ImmutableArray<Need>? OnlyChecks { get; init; }

    /// <summary>The gates not to run.</summary>
    public FrozenSet<string> Skip { get; init; } = [];
}
