namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>All data of a namespace, behind one lock.</summary>
internal sealed class CoarseData(TimeProvider time)
{
    public Lock Gate { get; } = new();

    public List<HeldLock> Locks { get; } = [];

    public List<KeptRecord> Records { get; } = [];

    public List<KeptRecord> Forgotten { get; } = [];

    public List<(RunKey Key, StoredCheckpoint Stored)> Checkpoints { get; } = [];

    public long Counter { get; set; }

    public DateTimeOffset Now => time.GetUtcNow();
}

internal sealed record HeldLock(RunKey Key, OwnerToken Owner, RunLock Lock);

internal sealed record KeptRecord(IdempotencyKey Key, OwnerToken Owner, IdempotencyRecord Record);
