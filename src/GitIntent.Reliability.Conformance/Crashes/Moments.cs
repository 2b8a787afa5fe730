namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>
/// Counts the moments at which a process can be killed on purpose: whenever a call has returned, and whenever the subject looks at the clock within one.
/// For a store that is where it knows what it will write and has not written it.
/// </summary>
internal sealed class Moments(CrashJournal journal, int killAt)
{
    private int _count;
    private volatile bool _counts;

    /// <summary>Begins to count: what the subject does to open its store is not counted.</summary>
    public void Begin() => _counts = true;

    public void Returned() => Pass();

    public void LooksAtClock()
    {
        if (!_counts)
            return;
        // Where it dies at a moment, the process that found out which moments there are has listed them.
        if (killAt == 0)
            journal.Look();
        Pass();
    }

    private void Pass()
    {
        if (Interlocked.Increment(ref _count) == killAt)
            journal.Die();
    }
}

/// <summary>A clock that tells when somebody looks at the time of day.</summary>
internal sealed class WatchedTime(TimeProvider time) : TimeProvider
{
    public Action? Looked { get; set; }

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        Looked?.Invoke();
        return time.GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
