using System.Text.Json;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>An analyzer written from the promises alone.</summary>
internal sealed class OwnAnalyzer : IResumeAnalyzer
{
    public ResumeResult Analyze(RunState run, RunCheckpoint? checkpoint = null, ResumeOptions? options = null)
    {
        options ??= new ResumeOptions();
        var definition = run.DefinitionFingerprint ?? RunDefinition.Fingerprint(run.Steps);
        if (checkpoint is not null && (checkpoint.RunId, checkpoint.Tenant, checkpoint.DefinitionFingerprint) != (run.RunId, run.Tenant, definition))
            return No(ResumeRefusal.CheckpointMismatch, $"{run.Tenant}/{run.RunId} ({definition}) is not {checkpoint.Tenant}/{checkpoint.RunId} ({checkpoint.DefinitionFingerprint})");
        if (options.ForceRestart && options.SkipToStep is not null)
            return No(ResumeRefusal.Contradiction, "restart and skip");
        var known = checkpoint?.RunRevision >= run.Revision ? checkpoint : null;
        var steps = run.Steps.Select(step =>
        {
            var kept = known?.Steps.FirstOrDefault(k => k.Id == step.Id);
            var status = kept is null || (known!.RunRevision == run.Revision && IsDone(step.Status)) ? step.Status : kept.Status;
            JsonElement? output = known is not null && known.Artifacts.TryGetValue(step.Id, out var artifact) ? artifact : step.Output;
            return (step.Id, step.Name, Status: status, Output: output);
        }).ToList();
        var attempt = Math.Max(run.Attempt, known?.Attempt ?? 1);
        if (options.ForceRestart)
        {
            if (run.Status == RunStatus.Cancelled && !options.RestartCancelled)
                return No(ResumeRefusal.WasCancelled, $"{run.RunId} was cancelled");
            return steps.Count == 0 ? No(ResumeRefusal.NothingToResume, run.RunId) : At(0, attempt + 1) with { Abandoned = [.. steps.Where(static s => IsDone(s.Status)).Select(static s => s.Id)] };
        }

        if (run.Status == RunStatus.Cancelled || (known?.RunRevision > run.Revision && known.Status == RunStatus.Cancelled))
            return No(ResumeRefusal.WasCancelled, $"{run.RunId} was cancelled");
        if ((known?.RunRevision > run.Revision ? known.Status : run.Status) == RunStatus.Completed)
            return No(ResumeRefusal.AlreadyCompleted, $"{run.RunId} is completed");
        if (options.SkipToStep is { } wanted)
        {
            var found = steps.FindIndex(s => s.Id == wanted);
            if (found < 0 && steps.Count(s => s.Name == wanted) > 1)
                return No(ResumeRefusal.StepAmbiguous, $"several steps are called {wanted}");
            found = found < 0 ? steps.FindIndex(s => s.Name == wanted) : found;
            return found < 0 ? No(ResumeRefusal.StepNotFound, $"no step {wanted}") : At(found, attempt);
        }

        var next = steps.FindIndex(static s => !IsDone(s.Status));
        return next < 0 ? No(ResumeRefusal.NothingToResume, $"{run.RunId} is done") : At(next, attempt);

        ResumeResult At(int index, int number) => new()
        {
            StartIndex = index,
            StartStepId = steps[index].Id,
            StartStepName = steps[index].Name,
            Attempt = number,
            Checkpoint = options.ForceRestart ? null : known,
            Artifacts = MergeArtifacts(
                steps.Take(index).Where(static s => s is { Status: StepStatus.Completed, Output: not null }).ToDictionary(static s => s.Id, static s => s.Output!.Value),
                options.OverrideArtifacts ?? new Dictionary<string, JsonElement>()),
        };
    }

    public bool ShouldSkipStep(RunStep step, IReadOnlySet<string> doneSteps) => IsDone(step.Status) || doneSteps.Contains(step.Id);

    public IReadOnlyDictionary<string, JsonElement> MergeArtifacts(IReadOnlyDictionary<string, JsonElement> prior, IReadOnlyDictionary<string, JsonElement> current) =>
        prior.Where(p => !current.ContainsKey(p.Key)).Concat(current).ToDictionary(static p => p.Key, static p => p.Value.Clone());

    private static bool IsDone(StepStatus status) => status is StepStatus.Completed or StepStatus.Skipped;

    private static ResumeResult No(ResumeRefusal refusal, string error) => new() { Refusal = refusal, Error = error };
}
