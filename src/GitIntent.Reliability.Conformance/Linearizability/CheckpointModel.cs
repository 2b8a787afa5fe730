namespace GitIntent.Reliability.Conformance.Linearizability;

internal enum CheckpointVerb
{
    Save,
    Delete,
    Get,
}

/// <summary>A call of a checkpoint manager and its result; see <see cref="LockOperation"/>.</summary>
/// <param name="Version">What it was based on, or asked for; for a delete 0 is any.</param>
/// <param name="Seen">The version that it came to, or that was there; 0 is none.</param>
/// <param name="Revision">The revision that was saved or seen.</param>
internal sealed record CheckpointOperation(CheckpointVerb Verb, long Version, bool Yes, long Seen, long Revision, RecordedCall Call) : ITimedOperation
{
    public long Invoked => Call.Invoked;

    public long Returned => Call.Returned;
}

/// <summary>A run's checkpoint; version 0 is none.</summary>
internal readonly record struct CheckpointState(long Version, long Revision, long HighestVersion);

/// <summary>What the checkpoint of one run does, call after call.</summary>
internal sealed class CheckpointModel : ISequentialModel<CheckpointState, CheckpointOperation>
{
    public CheckpointState Initial => default;

    public bool TryApply(CheckpointState before, CheckpointOperation o, out CheckpointState after)
    {
        after = before;
        switch (o.Verb)
        {
            case CheckpointVerb.Save when o.Yes:
                after = new CheckpointState(o.Seen, o.Revision, o.Seen);
                return before.Version == o.Version && o.Seen > before.HighestVersion;
            case CheckpointVerb.Save:
                return before.Version != o.Version;
            case CheckpointVerb.Delete when o.Yes:
                after = before with { Version = 0, Revision = 0 };
                return before.Version > 0 && (o.Version == 0 || o.Version == before.Version);
            case CheckpointVerb.Delete:
                return before.Version == 0 || (o.Version != 0 && o.Version != before.Version);
            default:
                return o.Seen == before.Version && o.Revision == before.Revision;
        }
    }
}
