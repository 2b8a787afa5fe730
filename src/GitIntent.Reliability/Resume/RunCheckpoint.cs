using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitIntent.Reliability;

/// <summary>Why a checkpoint was written.</summary>
public enum CheckpointReason
{
    /// <summary><c>manual</c>: somebody asked for it, or a step ended.</summary>
    Manual = 0,
    /// <summary><c>pause</c>: the run stops on purpose.</summary>
    Pause = 1,
    /// <summary><c>crash</c>: the run was found dead.</summary>
    Crash = 2,
    /// <summary><c>timeout</c>: the run took too long.</summary>
    Timeout = 3,
}

/// <summary>A step as a checkpoint keeps it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">How far it was.</param>
/// <param name="InputHash">The hash of what it was given.</param>
public sealed record CheckpointStep(string Id, string Name, StepStatus Status, string? InputHash)
{
    internal bool IsDone => Status is StepStatus.Completed or StepStatus.Skipped;
}

/// <summary>A run as it was at one moment: enough to go on from there in another process.</summary>
public sealed record RunCheckpoint
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The version that the store gave it; 0 before it is saved. It grows with every save and is never given twice.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The revision of the run's state that it was made from.</summary>
    public long RunRevision { get; init; }

    /// <summary>The attempt that it belongs to.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What the run was made from.</summary>
    public required string DefinitionFingerprint { get; init; }

    /// <summary>How far the run was.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Its steps in their order.</summary>
    public required IReadOnlyList<CheckpointStep> Steps { get; init; }

    /// <summary>What the completed steps produced, by step id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Artifacts { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CheckpointedAt { get; init; }

    /// <summary>Why it was made.</summary>
    public CheckpointReason Reason { get; init; }

    /// <summary>The run's key.</summary>
    [JsonIgnore]
    public RunKey Key => new(RunId, Tenant);

    /// <summary>The ids of the steps that are done.</summary>
    [JsonIgnore]
    public IEnumerable<string> DoneSteps => Steps.Where(s => s.IsDone).Select(s => s.Id);

    /// <summary>The first step that failed, if one did.</summary>
    [JsonIgnore]
    public string? FailedStepId => Steps.FirstOrDefault(s => s.Status == StepStatus.Failed)?.Id;

    /// <summary>The first step that is not done, from 0; null where all are.</summary>
    [JsonIgnore]
    public int? NextStepIndex => Steps.Select((s, i) => s.IsDone ? (int?)null : i).FirstOrDefault(i => i is not null);

    /// <summary>The step at <see cref="NextStepIndex"/>.</summary>
    [JsonIgnore]
    public CheckpointStep? NextStep => NextStepIndex is { } index ? Steps[index] : null;

    /// <summary>The checkpoint of <paramref name="run"/> as it is now, not yet saved.</summary>
    /// <param name="run">The run.</param>
    /// <param name="artifacts">What completed steps produced, where it is not their <see cref="RunStep.Output"/>; by step id, and later than it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="previous">The checkpoint that it replaces.</param>
    /// <exception cref="GwiValidationException">The run, or the id of an artifact, is not acceptable.</exception>
    public static RunCheckpoint Of(RunState run, IReadOnlyDictionary<string, JsonElement>? artifacts = null, CheckpointReason reason = CheckpointReason.Manual, RunCheckpoint? previous = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Checked();
        var kept = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var step in run.Steps.Where(s => s.Status == StepStatus.Completed))
        {
            if (artifacts is not null && artifacts.TryGetValue(step.Id, out var given))
                kept[step.Id] = ArtifactSet.Copy(step.Id, given);
            else if (step.Output is { } output)
                kept[step.Id] = ArtifactSet.Copy(step.Id, output);
        }

        if (artifacts?.Keys.FirstOrDefault(id => run.Steps.All(s => s.Id != id || s.Status != StepStatus.Completed)) is { } stray)
            throw GwiValidationException.ForField("artifacts", $"There is an artifact of {stray}, which is no completed step of run {run.RunId}.");
        return new RunCheckpoint
        {
            RunId = run.RunId,
            Tenant = run.Tenant,
            Version = previous?.Version ?? 0,
            RunRevision = run.Revision,
            Attempt = run.Attempt,
            DefinitionFingerprint = run.Definition,
            Status = run.Status,
            Steps = [.. run.Steps.Select(s => new CheckpointStep(s.Id, s.Name, s.Status, s.InputHash))],
            Artifacts = kept,
            Reason = reason,
        };
    }
}
