using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>Decides where a run goes on.</summary>
public interface IResumeAnalyzer
{
    /// <summary>The first step that is not done, and what it can build on.</summary>
    /// <param name="run">The run as its owner knows it.</param>
    /// <param name="checkpoint">Its checkpoint, if there is one.</param>
    /// <param name="options">Restart, skip, overrides.</param>
    /// <exception cref="GwiValidationException">The run is not acceptable.</exception>
    ResumeResult Analyze(RunState run, RunCheckpoint? checkpoint = null, ResumeOptions? options = null);

    /// <summary>Whether a step need not run: it is done, or its id is among <paramref name="doneSteps"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="doneSteps">Ids of steps that are done.</param>
    bool ShouldSkipStep(RunStep step, IReadOnlySet<string> doneSteps);

    /// <summary>Both sets as one; where an id is in both, <paramref name="current"/> wins. Neither is changed.</summary>
    /// <param name="prior">The earlier set.</param>
    /// <param name="current">The later set.</param>
    IReadOnlyDictionary<string, JsonElement> MergeArtifacts(IReadOnlyDictionary<string, JsonElement> prior, IReadOnlyDictionary<string, JsonElement> current);
}

/// <summary>Decides where a run goes on. It holds no state.</summary>
public sealed class ResumeAnalyzer : IResumeAnalyzer
{
    /// <summary>The one that is needed.</summary>
    public static ResumeAnalyzer Instance { get; } = new();

    /// <inheritdoc/>
    public ResumeResult Analyze(RunState run, RunCheckpoint? checkpoint = null, ResumeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Checked();
        options ??= ResumeOptions.Default;
        if (options is { ForceRestart: true, SkipToStep: not null })
            return ResumeResult.Refuse(ResumeRefusal.Contradiction, "A forced restart begins at the first step; skipping to another contradicts it.");
        if (checkpoint is not null && Differs(run, checkpoint) is { } difference)
            return ResumeResult.Refuse(ResumeRefusal.CheckpointMismatch, difference);
        // A checkpoint older than the run's state is history; of the same revision, both are true.
        var used = checkpoint is not null && checkpoint.RunRevision >= run.Revision ? checkpoint : null;
        var steps = new EffectiveSteps(run, used);
        var attempt = Math.Max(run.Attempt, used?.Attempt ?? 1);
        if (options.ForceRestart)
            return Restart(run, steps, options, attempt);
        var status = used is not null && used.RunRevision > run.Revision ? used.Status : run.Status;
        if (status == RunStatus.Completed)
            return ResumeResult.Refuse(ResumeRefusal.AlreadyCompleted, $"Run {run.RunId} is already completed.");
        if (status == RunStatus.Cancelled || run.Status == RunStatus.Cancelled)
            return ResumeResult.Refuse(ResumeRefusal.WasCancelled, $"Run {run.RunId} was cancelled.");

        var index = steps.FirstNotDone;
        if (options.SkipToStep is { } wanted)
        {
            var matches = Find(run, wanted);
            if (matches.Count == 0)
                return ResumeResult.Refuse(ResumeRefusal.StepNotFound, $"Step {wanted} was not found in run {run.RunId}. Its steps: {string.Join(", ", run.Steps.Select(s => s.Id))}.");
            if (matches.Count > 1)
                return ResumeResult.Refuse(ResumeRefusal.StepAmbiguous, $"{matches.Count} steps of run {run.RunId} are called {wanted}. Say which by its id: {string.Join(", ", matches.Select(i => run.Steps[i].Id))}.");
            index = matches[0];
        }

        if (index is not { } start)
            return ResumeResult.Refuse(ResumeRefusal.NothingToResume, $"Nothing is left to resume in run {run.RunId}: all of its {run.Steps.Count} steps are done.");
        return Start(run, start, attempt, MergeArtifacts(steps.ArtifactsBefore(start), Copies(options.OverrideArtifacts))) with { Checkpoint = used };
    }

    /// <inheritdoc/>
    public bool ShouldSkipStep(RunStep step, IReadOnlySet<string> doneSteps)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(doneSteps);
        return step.IsDone || doneSteps.Contains(step.Id);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, JsonElement> MergeArtifacts(IReadOnlyDictionary<string, JsonElement> prior, IReadOnlyDictionary<string, JsonElement> current)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(current);
        var merged = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (id, value) in prior.Concat(current))
            merged[id] = ArtifactSet.Copy(id, value);
        return merged;
    }

    private static ResumeResult Restart(RunState run, EffectiveSteps steps, ResumeOptions options, int attempt)
    {
        if (run.Status == RunStatus.Cancelled && !options.RestartCancelled)
            return ResumeResult.Refuse(ResumeRefusal.WasCancelled, $"Run {run.RunId} was cancelled. A restart of a cancelled run has to be asked for by name.");
        return run.Steps.Count == 0
            ? ResumeResult.Refuse(ResumeRefusal.NothingToResume, $"Run {run.RunId} has no steps.")
            : Start(run, 0, attempt + 1, Copies(options.OverrideArtifacts)) with { Abandoned = steps.Done };
    }

    private static ResumeResult Start(RunState run, int index, int attempt, IReadOnlyDictionary<string, JsonElement> artifacts) => new()
    {
        StartIndex = index,
        StartStepId = run.Steps[index].Id,
        StartStepName = run.Steps[index].Name,
        Attempt = attempt,
        Artifacts = artifacts,
    };

    private static SortedDictionary<string, JsonElement> Copies(IReadOnlyDictionary<string, JsonElement>? artifacts)
    {
        var copies = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (id, value) in artifacts ?? new Dictionary<string, JsonElement>())
            copies[id] = ArtifactSet.Copy(id, value);
        return copies;
    }

    private static List<int> Find(RunState run, string wanted)
    {
        var byId = run.Steps.Index().Where(s => s.Item.Id == wanted).Select(s => s.Index).ToList();
        return byId.Count > 0 ? byId : [.. run.Steps.Index().Where(s => s.Item.Name == wanted).Select(s => s.Index)];
    }

    private static string? Differs(RunState run, RunCheckpoint checkpoint)
    {
        if (checkpoint.RunId != run.RunId)
            return $"The checkpoint is of run {checkpoint.RunId}, not of run {run.RunId}.";
        if (checkpoint.Tenant != run.Tenant)
            return $"The checkpoint of run {run.RunId} is of tenant {checkpoint.Tenant}, not of tenant {run.Tenant}.";
        return checkpoint.DefinitionFingerprint != run.Definition
            ? $"The checkpoint of run {run.RunId} was made with definition {checkpoint.DefinitionFingerprint}; the run's is {run.Definition}. Restart by force, or run the definition of then."
            : null;
    }
}
