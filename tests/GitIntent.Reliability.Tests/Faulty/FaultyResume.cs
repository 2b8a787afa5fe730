using System.Text.Json;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>The library's analyzer with its answer, or its input, spoilt.</summary>
internal sealed class FaultyResume(Fault? fault) : IResumeAnalyzer
{
    private readonly ResumeAnalyzer _right = ResumeAnalyzer.Instance;

    public ResumeResult Analyze(RunState run, RunCheckpoint? checkpoint = null, ResumeOptions? options = null)
    {
        options ??= new ResumeOptions();
        switch (fault)
        {
            case Fault.CheckpointOfOtherRun when checkpoint is not null:
                checkpoint = checkpoint with { RunId = run.RunId };
                break;
            case Fault.CheckpointOfOtherTenant when checkpoint is not null:
                checkpoint = checkpoint with { Tenant = run.Tenant };
                break;
            case Fault.CheckpointOfOtherDefinition when checkpoint is not null:
                checkpoint = checkpoint with { DefinitionFingerprint = run.DefinitionFingerprint ?? RunDefinition.Fingerprint(run.Steps) };
                break;
            case Fault.OldCheckpointWins when checkpoint is not null:
                checkpoint = checkpoint with { RunRevision = run.Revision + 1 };
                break;
            case Fault.CancelledCheckpointResumes when checkpoint?.Status == RunStatus.Cancelled:
                checkpoint = checkpoint with { Status = RunStatus.Running };
                break;
            case Fault.RestartWinsOverSkip when options.ForceRestart:
                options = options with { SkipToStep = null };
                break;
            case Fault.CheckpointAttemptIgnored when checkpoint is not null:
                checkpoint = checkpoint with { Attempt = run.Attempt };
                break;
            case Fault.SameRevisionIgnored when checkpoint?.RunRevision == run.Revision:
            case Fault.CheckpointNeverUsed:
                checkpoint = null;
                break;
            case Fault.SkippedNotDone:
                run = run with { Steps = [.. run.Steps.Select(static s => s.Status == StepStatus.Skipped ? s with { Status = StepStatus.Pending } : s)] };
                break;
            case Fault.RunningIsDone:
                run = run with { Steps = [.. run.Steps.Select(static s => s.Status == StepStatus.Running ? s with { Status = StepStatus.Completed } : s)] };
                break;
            case Fault.CompletedResumes when run.Status == RunStatus.Completed:
            case Fault.CancelledResumes when run.Status == RunStatus.Cancelled:
                run = run with { Status = RunStatus.Running };
                break;
            case Fault.CancelledRestarts when options.ForceRestart:
                options = options with { RestartCancelled = true };
                break;
            case Fault.SkipToIgnored:
                options = options with { SkipToStep = null };
                break;
            case Fault.OverridesIgnored:
                options = options with { OverrideArtifacts = null };
                break;
        }

        var result = _right.Analyze(run, checkpoint, options);
        if (fault == Fault.CheckpointAlwaysTold && result.Success)
            return result with { Checkpoint = checkpoint };
        return result.Success ? Spoil(run, result, options) : Unrefuse(run, result);
    }

    private ResumeResult Spoil(RunState run, ResumeResult result, ResumeOptions options) => fault switch
    {
        Fault.CountNotPrefix when options is { SkipToStep: null, ForceRestart: false } => At(run, result, Math.Min(run.Steps.Count(Done), run.Steps.Count - 1)),
        Fault.FirstFailedStep when options is { SkipToStep: null, ForceRestart: false } && run.Steps.ToList().FindIndex(static s => s.Status == StepStatus.Failed) is >= 0 and var failed => At(run, result, failed),
        Fault.SkipRefusedWhenDone when options.SkipToStep is not null && run.Steps.All(Done) => new ResumeResult { Refusal = ResumeRefusal.NothingToResume, Error = "All steps are done." },
        Fault.NameOfNextStep => result with { StartStepName = run.Steps[Math.Min(result.StartIndex!.Value + 1, run.Steps.Count - 1)].Name },
        Fault.FalsyArtifactsLost => result with { Artifacts = result.Artifacts.Where(static a => a.Value.GetRawText() is not ("false" or "0" or "null" or "\"\"" or "[]")).ToDictionary() },
        Fault.ArtifactsByName => result with { Artifacts = result.Artifacts.Select(a => (Name: run.Steps.FirstOrDefault(s => s.Id == a.Key)?.Name ?? a.Key, a.Value)).GroupBy(static a => a.Name).ToDictionary(static g => g.Key, static g => g.Last().Value) },
        Fault.ArtifactsOfAllSteps => result with { Artifacts = run.Steps.Where(static s => s.Output is not null).ToDictionary(static s => s.Id, static s => s.Output!.Value) },
        Fault.OverridesLose => result with { Artifacts = _right.MergeArtifacts(result.Artifacts, run.Steps.Where(s => s.Output is not null && result.Artifacts.ContainsKey(s.Id)).ToDictionary(static s => s.Id, static s => s.Output!.Value)) },
        Fault.OverridesReplaceAll when options.OverrideArtifacts is { } only => result with { Artifacts = only },
        Fault.RestartKeepsAttempt when options.ForceRestart => result with { Attempt = run.Attempt },
        Fault.AttemptOfRunAlone when options.ForceRestart => result with { Attempt = run.Attempt + 1 },
        Fault.RestartSaysNothingAbandoned => result with { Abandoned = [] },
        Fault.RestartKeepsArtifacts when options.ForceRestart => result with { Artifacts = run.Steps.Where(static s => s.Output is not null).ToDictionary(static s => s.Id, static s => s.Output!.Value) },
        Fault.ArtifactsNotCopied => result with { Artifacts = result.Artifacts.ToDictionary(static a => a.Key, a => run.Steps.FirstOrDefault(s => s.Id == a.Key)?.Output ?? a.Value) },
        _ => result,
    };

    private ResumeResult Unrefuse(RunState run, ResumeResult result) => (fault, result.Refusal) switch
    {
        (Fault.EmptyRunRestarts, ResumeRefusal.NothingToResume) when run.Steps.Count == 0 => new ResumeResult { StartIndex = 0 },
        (Fault.AllDoneStartsAgain, ResumeRefusal.NothingToResume) when run.Steps.Count > 0 => At(run, new ResumeResult(), run.Steps.Count - 1),
        (Fault.RestartOfNothing, ResumeRefusal.NothingToResume) when run.Steps.Count == 0 => result with { Refusal = null, Error = null, StartIndex = 0 },
        (Fault.UnknownStepStartsAtFirst, ResumeRefusal.StepNotFound) => At(run, new ResumeResult(), 0),
        (Fault.AmbiguousStepTakesFirst, ResumeRefusal.StepAmbiguous) => At(run, new ResumeResult(), 0),
        (Fault.RefusalSaysNothing, _) => result with { Error = "cannot resume" },
        _ => result,
    };

    public bool ShouldSkipStep(RunStep step, IReadOnlySet<string> doneSteps) => fault switch
    {
        Fault.SkipsByName => _right.ShouldSkipStep(step, doneSteps) || doneSteps.Contains(step.Name),
        Fault.SkipsFailed => _right.ShouldSkipStep(step, doneSteps) || step.Status == StepStatus.Failed,
        Fault.SkipsOnlyKnown => doneSteps.Contains(step.Id),
        _ => _right.ShouldSkipStep(step, doneSteps),
    };

    public IReadOnlyDictionary<string, JsonElement> MergeArtifacts(IReadOnlyDictionary<string, JsonElement> prior, IReadOnlyDictionary<string, JsonElement> current)
    {
        if (fault == Fault.MergeEarlierWins)
            return _right.MergeArtifacts(current, prior);
        if (fault == Fault.MergeChangesPrior && prior is Dictionary<string, JsonElement> set)
        {
            foreach (var (id, value) in current)
                set[id] = value;
            return set;
        }

        if (fault == Fault.MergeIgnoresCase)
            return prior.Concat(current).GroupBy(static a => a.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(static g => g.Key, static g => g.Last().Value);
        return _right.MergeArtifacts(prior, fault == Fault.MergeSkipsFalsy ? current.Where(static a => a.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)).ToDictionary() : current);
    }

    private static bool Done(RunStep step) => step.Status is StepStatus.Completed or StepStatus.Skipped;

    private static ResumeResult At(RunState run, ResumeResult result, int index) => result with { Refusal = null, Error = null, StartIndex = index, StartStepId = run.Steps[index].Id, StartStepName = run.Steps[index].Name };
}
