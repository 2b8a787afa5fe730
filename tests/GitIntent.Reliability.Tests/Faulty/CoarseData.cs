namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>All data of a namespace, behind one lock.</summary>
internal sealed class CoarseData(TimeProvider time)
{
    public Lock Gate { get; } = new();

    public List<HeldLock> Locks { get; } = [];

    public List<KeptRecord> Records { get; } = [];

    public List<KeptRecord> Forgotten { get; } = [];

    public List<(RunKey Key, StoredCheckpoint Stored)> Checkpoints { get; } = [];

    /// <summary>Every checkpoint that was ever saved.</summary>
    public List<(RunKey Key, DateTimeOffset At, StoredCheckpoint Stored)> Saved { get; } = [];

    public long Counter { get; set; }

    /// <summary>The lock that was last in somebody's way, or released by force.</summary>
    public RunLock? Last { get; set; }

    public Dictionary<OwnerToken, long> Drawn { get; } = [];

    public HashSet<(RunKey Key, OwnerToken Owner)> Former { get; } = [];

    public List<(RunKey Key, OwnerToken Owner)> Waiting { get; } = [];

    public DateTimeOffset Now => time.GetUtcNow();

    private readonly List<RunLock> _live = [];
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Tell()
    {
        _told.TrySetResult();
        _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task NextAsync(CancellationToken cancellationToken)
    {
        lock (Gate)
            return _told.Task.WaitAsync(cancellationToken);
    }

    /// <summary>One and the same list for everybody.</summary>
    public IReadOnlyList<RunLock> Live(IEnumerable<RunLock> locks)
    {
        RunLock[] now = [.. locks];
        _live.Clear();
        _live.AddRange(now);
        return _live;
    }
}

/// <summary>Gives other threads their chance between two steps that ought to be one.</summary>
internal static class Race
{
    public static void Widen()
    {
        for (var i = 0; i < 20; i++)
            Thread.Yield();
        Thread.SpinWait(100_000);
    }

    public static async Task LaterAsync()
    {
        for (var i = 0; i < 20; i++)
            await Task.Yield();
    }
}

internal sealed record HeldLock(RunKey Key, OwnerToken Owner, RunLock Lock);

internal sealed record KeptRecord(IdempotencyKey Key, OwnerToken Owner, IdempotencyRecord Record);
