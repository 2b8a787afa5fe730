namespace GitIntent.Reliability;

/// <summary>The data of the in-memory stores. Managers on the same one see the same data, as several processes on one server do.</summary>
/// <remarks>It ends with the process. Its fences still grow across restarts, as long as the clock does not go back: they start at the time of day in microseconds.</remarks>
public sealed class MemoryStore
{
    private long _fence;

    /// <summary>Creates an empty store.</summary>
    /// <param name="timeProvider">The store's clock. Null is the system's.</param>
    public MemoryStore(TimeProvider? timeProvider = null)
    {
        TimeProvider = timeProvider ?? TimeProvider.System;
        _fence = Math.Max(0, (TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Locks = new MemoryLocks(this);
        Records = new MemoryRecords(this);
    }

    internal TimeProvider TimeProvider { get; }

    internal MemoryLocks Locks { get; }

    internal MemoryRecords Records { get; }

    internal Dictionary<RunKey, StoredCheckpoint> Checkpoints { get; } = [];

    /// <summary>One counter for everything: a fence is never given twice, and no row needs to be kept for it.</summary>
    internal long NextFence() => Interlocked.Increment(ref _fence);
}
