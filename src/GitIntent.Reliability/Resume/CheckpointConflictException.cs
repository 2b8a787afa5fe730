namespace GitIntent.Reliability;

/// <summary>Somebody else saved a checkpoint of the run first (<c>CONFLICT</c>, exit code 22).</summary>
public sealed class CheckpointConflictException : GwiException
{
    internal CheckpointConflictException(RunKey key, long expected, long current)
        : base(ErrorCode.Conflict, $"The checkpoint of run {key.RunId} was to replace version {expected}, but {(current == 0 ? "there is none" : $"it is at {current}")}. Read it again and decide anew.")
    {
        RunId = key.RunId;
        ExpectedVersion = expected;
        CurrentVersion = current;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The version that was to be replaced; 0 is none.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The version that is there; 0 is none.</summary>
    public long CurrentVersion { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("runId", RunId), ("expectedVersion", ExpectedVersion), ("currentVersion", CurrentVersion));
}
