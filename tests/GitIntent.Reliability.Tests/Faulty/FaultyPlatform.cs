using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>Timers that are due later than they were set to.</summary>
internal sealed class LateTimers(TimeProvider time, Func<TimeSpan, TimeSpan> later) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Late(time.CreateTimer(callback, state, Due(dueTime), period), this);

    private TimeSpan Due(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : later(time);

    private sealed class Late(ITimer timer, LateTimers timers) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(timers.Due(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

/// <summary>A log whose disk is full.</summary>
internal sealed class ThrowingLogger : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new IOException("No space left on device.");
}
