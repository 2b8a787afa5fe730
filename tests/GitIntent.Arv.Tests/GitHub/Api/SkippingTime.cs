using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>A clock that is at the end of every wait at once.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    public override DateTimeOffset GetUtcNow() => Tool.Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero) return new Passed();

        lock (_lock)
            _elapsed += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Passed();
    }

    private sealed class Passed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
