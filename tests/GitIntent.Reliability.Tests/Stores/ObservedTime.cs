using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Reliability.Tests.Stores;

/// <summary>A virtual clock that says when a timer is set, so that a test moves it only then.</summary>
public sealed class ObservedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _set = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Source)> _waiting = [];
    private long _offset;

    /// <summary>The time of day is set; timers and timestamps go on as they did, as the platform's monotonic clock does.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offset));

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>Completes when a timer for this long has been set.</summary>
    public Task Armed(TimeSpan due)
    {
        lock (_gate)
        {
            if (_set.Contains(due))
                return Task.CompletedTask;
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((due, source));
            return source.Task;
        }
    }

    /// <summary>Forgets the timers set so far.</summary>
    public void Forget()
    {
        lock (_gate)
            _set.Clear();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Observed(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    private void Note(TimeSpan due)
    {
        lock (_gate)
        {
            _set.Add(due);
            foreach (var (_, source) in _waiting.Where(w => w.Due == due).ToList())
                source.TrySetResult();
            _waiting.RemoveAll(w => w.Due == due);
        }
    }

    private sealed class Observed(ObservedTime time, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            time.Note(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
