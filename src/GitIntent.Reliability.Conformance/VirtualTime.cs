using System.Runtime.CompilerServices;

namespace GitIntent.Reliability.Conformance;

/// <summary>A clock that stands until it is moved, so that a day passes in no time. Timers fire, in the order in which they are due, while it is moved.</summary>
/// <remarks>
/// Thread-safe. A timer that is due at once fires on the thread pool, as those of the system do, and never within the call that sets it. Where more
/// than 10,000 timers would fire during one move, the rest of the time passes in one step, as on a machine that was asleep.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    private const int MostFired = 10_000;

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly List<(long AtLeast, TaskCompletionSource Source)> _armed = [];
    private long _elapsed;
    private long _slip;
    private long _reads;
    private long _peak = Start.UtcTicks;
    private readonly AsyncLocal<bool> _broken = new();
    private readonly AsyncLocal<StrongBox<long>?> _slipOfCaller = new();
    private readonly AsyncLocal<Action?> _looked = new();
    private long _wall = Start.UtcTicks;

    /// <summary>What the clock shows at first: 2026-01-01, midnight, UTC.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock was moved.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _elapsed));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How often anybody has looked at the clock.</summary>
    internal long Reads => Volatile.Read(ref _reads);

    /// <summary>The latest time of day that it ever showed: after that what had expired then may be gone, wherever the clock was set back to.</summary>
    internal DateTimeOffset Peak => new(Math.Max(Volatile.Read(ref _peak), Volatile.Read(ref _wall)), TimeSpan.Zero);

    /// <summary>
    /// Whether the time of day cannot be read by who is called from here: a store that needs it fails. What the store does by itself, as its sweeps,
    /// still reads it: no real clock would end those.
    /// </summary>
    internal bool Broken
    {
        get => _broken.Value;
        set => _broken.Value = value;
    }

    /// <summary>What the clock shows. Who asks here is not noticed.</summary>
    internal DateTimeOffset Shown => new(Volatile.Read(ref _wall), TimeSpan.Zero);

    /// <summary>Told when somebody who is called from here has looked at the time of day, and does not yet have the answer.</summary>
    internal Action? Looked
    {
        get => _looked.Value;
        set => _looked.Value = value;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _reads);
        if (_slipOfCaller.Value is { } slip && Interlocked.Exchange(ref slip.Value, 0) is > 0 and var ticks)
            Interlocked.Exchange(ref _slip, ticks);
        return Volatile.Read(ref _elapsed);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _reads);
        if (_broken.Value)
            throw new InvalidOperationException("The clock cannot be read.");
        var now = Volatile.Read(ref _wall);
        if (Interlocked.Exchange(ref _slip, 0) is > 0 and var ticks)
        {
            lock (_gate)
            {
                _elapsed += ticks;
                _wall += ticks;
            }
        }

        _looked.Value?.Invoke();
        return new(now, TimeSpan.Zero);
    }

    /// <summary>
    /// Lets time pass behind the back of whoever reads the time of day next, once a timestamp was taken by who is called from here: as if the answer to what
    /// was sent then were long under way. No timer fires before the clock is moved.
    /// </summary>
    internal void SlipAfterSend(TimeSpan time) => _slipOfCaller.Value = new StrongBox<long>(time.Ticks);

    /// <summary>Lets <paramref name="time"/> pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long end;
        lock (_gate)
            end = _elapsed + time.Ticks;
        for (var fired = 0; NextDue(end, fired >= MostFired) is { } due; fired++)
            due.Fire();
    }

    /// <summary>Sets the time of day forward or back, as an operator or a time server does. No time passes: timers and timestamps do not notice.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_gate)
        {
            _peak = Math.Max(_peak, _wall);
            _wall += by.Ticks;
        }
    }

    /// <summary>Completes when the next timer is set that is due some time.</summary>
    public Task ArmedAsync() => ArmedAsync(TimeSpan.Zero);

    /// <summary>Completes when the next timer is set that is due after that much time or more.</summary>
    internal Task ArmedAsync(TimeSpan atLeast)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _armed.Add((atLeast.Ticks, source));
        return source.Task;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next timer that is due by <paramref name="end"/>, or to <paramref name="end"/> where none is, or where it is to go there in one step.</summary>
    private Timer? NextDue(long end, bool atOnce)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(static t => t.Due);
            var to = Math.Max(_elapsed, atOnce ? end : next?.Due ?? end);
            _wall += to - _elapsed;
            _elapsed = to;
            if (next is null)
                return null;
            if (next.Period > 0)
                next.Due = to + next.Period;
            else
                _timers.Remove(next);
            return next;
        }
    }

    private void Armed(long due)
    {
        foreach (var (_, source) in _armed.Where(a => a.AtLeast <= due))
            source.TrySetResult();
        _armed.RemoveAll(a => a.AtLeast <= due);
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; }

        public long Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._elapsed + dueTime.Ticks;
                time._timers.Add(this);
                time.Armed(dueTime.Ticks);
            }

            if (dueTime == TimeSpan.Zero)
                ThreadPool.UnsafeQueueUserWorkItem(static time => time.Advance(TimeSpan.Zero), time, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
