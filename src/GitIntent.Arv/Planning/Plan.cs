using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;

namespace GitIntent.Arv.Planning;

/// <summary>The configuration resolved into typed checks: what a run does, before anything is looked at.</summary>
/// <param name="Digest"><c>sha256:</c> over the merged configuration and what it names: the same for the same policy, wherever it lies.</param>
/// <param name="ConfigFiles">The files that make up the configuration: no input of text rules.</param>
/// <param name="Named">Whether somebody wrote it, so that a check with nothing to look at is refused and not skipped.</param>
internal sealed record Plan(ImmutableArray<PlannedGate> Gates, string Digest, ImmutableArray<string> ConfigFiles, bool Named)
{
    public PlannedGate? Gate(string id) => Gates.FirstOrDefault(gate => gate.Id == id);
}

internal sealed record PlannedGate(string Id, string Title, ImmutableArray<PlannedCheck> Checks);

internal sealed record PlannedCheck
{
    public required string Gate { get; init; }

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Its kind's name, or <c>any_of</c>.</summary>
    public required string Kind { get; init; }

    public required ICheck Check { get; init; }

    public required FindingSettings Settings { get; init; }

    /// <summary>Whether it starts programs: left out of an ordinary build, and by <c>--no-exec</c>.</summary>
    public bool RunsCommands { get; init; }

    /// <summary>Why it is turned off; null when it is not.</summary>
    public string? Off { get; init; }

    public ImmutableArray<Template> Include { get; init; } = [];

    /// <summary>With what the configuration excludes for every gate.</summary>
    public ImmutableArray<Template> Exclude { get; init; } = [];

    public bool Ignored { get; init; }

    public int MinInputs { get; init; } = 1;

    public ForEach? ForEach { get; init; }

    /// <summary>The values that it uses, in the order in which they are declared.</summary>
    public ImmutableArray<LetValue> Let { get; init; } = [];

    /// <summary>All of these must hold; else it is skipped.</summary>
    public ImmutableArray<When> When { get; init; } = [];

    public ImmutableArray<Need> Needs { get; init; } = [];

    /// <summary>A check that runs for longer is refused.</summary>
    public TimeSpan Timeout => OwnTimeout ?? DefaultTimeout;

    /// <summary>Its <c>timeout</c>; null where it has none.</summary>
    public TimeSpan? OwnTimeout { get; init; }

    /// <summary>Long for a check, short for a person who waits for one that hangs.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    public string FullId => $"{Gate}/{Id}";
}

/// <summary>One check for each path that matches.</summary>
/// <param name="Pattern">As written; with a slash at its end it means folders.</param>
/// <param name="As">What the last segment must be, whole; null takes every one.</param>
internal sealed record ForEach(string Pattern, SegmentPattern? As);

/// <summary>A value read from a document: <c>"{path}/connector.manifest.json#/entrypoint"</c>.</summary>
internal sealed record LetValue(string Name, Template File, string Pointer);

/// <param name="Exists">One of these must be there; empty where nothing is asked.</param>
/// <param name="Missing">None of these may be there.</param>
internal sealed record When(ImmutableArray<Template> Exists, ImmutableArray<Template> Missing);

/// <param name="Gate">The gate of the check that is needed.</param>
internal readonly record struct Need(string Gate, string Check);
