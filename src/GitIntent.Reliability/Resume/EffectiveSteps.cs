using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>The steps as run state and checkpoint together know them.</summary>
internal sealed class EffectiveSteps
{
    private readonly RunState _run;
    private readonly RunCheckpoint? _checkpoint;
    private readonly StepStatus[] _statuses;

    public EffectiveSteps(RunState run, RunCheckpoint? checkpoint)
    {
        _run = run;
        _checkpoint = checkpoint;
        var kept = checkpoint?.Steps.ToDictionary(s => s.Id, StringComparer.Ordinal) ?? [];
        _statuses = [.. run.Steps.Select(step => Status(step, kept.GetValueOrDefault(step.Id)))];
    }

    public int? FirstNotDone
    {
        get
        {
            var index = Array.FindIndex(_statuses, s => s is not (StepStatus.Completed or StepStatus.Skipped));
            return index < 0 ? null : index;
        }
    }

    public IReadOnlyList<string> Done => [.. _run.Steps.Index().Where(s => _statuses[s.Index] is StepStatus.Completed or StepStatus.Skipped).Select(s => s.Item.Id)];

    public IReadOnlyDictionary<string, JsonElement> ArtifactsBefore(int index)
    {
        var artifacts = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var i = 0; i < index; i++)
        {
            var step = _run.Steps[i];
            if (_statuses[i] != StepStatus.Completed)
                continue;
            if (_checkpoint is not null && _checkpoint.Artifacts.TryGetValue(step.Id, out var kept))
                artifacts[step.Id] = ArtifactSet.Copy(step.Id, kept);
            else if (step.Output is { } output)
                artifacts[step.Id] = ArtifactSet.Copy(step.Id, output);
        }

        return artifacts;
    }

    private StepStatus Status(RunStep step, CheckpointStep? kept)
    {
        if (_checkpoint is null || kept is null)
            return step.Status;
        // Of the same revision: what either knows to be done is done.
        return _checkpoint.RunRevision == _run.Revision && step.IsDone ? step.Status : kept.Status;
    }
}
