using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>How to go on with a run.</summary>
public sealed record ResumeOptions
{
    internal static readonly ResumeOptions Default = new();

    /// <summary>Begin at the first step again, as a new attempt.</summary>
    public bool ForceRestart { get; init; }

    /// <summary>Let <see cref="ForceRestart"/> restart a cancelled run too.</summary>
    public bool RestartCancelled { get; init; }

    /// <summary>Go on at this step: its id, or its name where only one step has it.</summary>
    public string? SkipToStep { get; init; }

    /// <summary>Artifacts that replace or join those of the steps, by step id.</summary>
    public IReadOnlyDictionary<string, JsonElement>? OverrideArtifacts { get; init; }
}

/// <summary>Why a run cannot be resumed.</summary>
public enum ResumeRefusal
{
    /// <summary>It is completed.</summary>
    AlreadyCompleted,
    /// <summary>It was cancelled.</summary>
    WasCancelled,
    /// <summary>The step to skip to does not exist.</summary>
    StepNotFound,
    /// <summary>Several steps have the name of the step to skip to.</summary>
    StepAmbiguous,
    /// <summary>All steps are done, or there are none.</summary>
    NothingToResume,
    /// <summary>The checkpoint is of another run, tenant or definition.</summary>
    CheckpointMismatch,
    /// <summary>The options contradict each other.</summary>
    Contradiction,
}

/// <summary>Where to go on, or why not.</summary>
public sealed record ResumeResult
{
    private static readonly Dictionary<string, JsonElement> s_none = [];

    /// <summary>Whether the run can go on.</summary>
    public bool Success => Refusal is null;

    /// <summary>Why not.</summary>
    public ResumeRefusal? Refusal { get; init; }

    /// <summary>Why not, for a human.</summary>
    public string? Error { get; init; }

    /// <summary>The checkpoint that was used; null where none was, or the run's state is newer.</summary>
    public RunCheckpoint? Checkpoint { get; init; }

    /// <summary>The id of the step to go on with.</summary>
    public string? StartStepId { get; init; }

    /// <summary>The name of the step to go on with.</summary>
    public string? StartStepName { get; init; }

    /// <summary>The index of the step to go on with, from 0.</summary>
    public int? StartIndex { get; init; }

    /// <summary>What the steps before it produced, by step id, with the overrides over it. Copies.</summary>
    public IReadOnlyDictionary<string, JsonElement> Artifacts { get; init; } = s_none;

    /// <summary>The attempt that begins or goes on, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The done steps whose results a forced restart gives up.</summary>
    public IReadOnlyList<string> Abandoned { get; init; } = [];

    internal static ResumeResult Refuse(ResumeRefusal refusal, string error) => new() { Refusal = refusal, Error = error };
}
