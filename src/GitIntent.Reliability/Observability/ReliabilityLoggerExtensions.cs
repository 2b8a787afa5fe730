using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>Child loggers and timed operations for any <see cref="ILogger"/>.</summary>
public static class ReliabilityLoggerExtensions
{
    /// <summary>A logger that adds <paramref name="data"/> to every entry, over what its parent adds.</summary>
    /// <param name="logger">The parent.</param>
    /// <param name="data">Names and values.</param>
    public static ILogger Child(this ILogger logger, params IEnumerable<KeyValuePair<string, object?>> data)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return logger is ChildLogger parent ? parent.Extend(data) : new ChildLogger(logger, [.. data]);
    }

    /// <summary>Runs <paramref name="body"/> as a span, and logs once how it ended and how long it took: INFO for success and for cancellation, ERROR for failure.</summary>
    /// <param name="logger">Where to. What it throws is swallowed.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="body">The operation. Its result or error passes unchanged.</param>
    /// <param name="timeProvider">Measures; null is the system's.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The error passes.")]
    public static async Task<T> TimeAsync<T>(this ILogger logger, string operation, Func<Task<T>> body, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(body);
        var time = timeProvider ?? TimeProvider.System;
        using var span = ReliabilityTelemetry.StartSpan(operation);
        var started = time.GetTimestamp();
        T result;
        try
        {
            result = await body().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var cancelled = ErrorTaxonomy.IsCancellation(e);
            span?.SetStatus(cancelled ? ActivityStatusCode.Unset : ActivityStatusCode.Error, cancelled ? null : Redactor.Redact(SafeText.MessageOf(e)));
            Say(logger, cancelled ? LogLevel.Information : LogLevel.Error, operation, cancelled ? "was cancelled" : "failed", time.GetElapsedTime(started), cancelled ? null : e);
            throw;
        }

        span?.SetStatus(ActivityStatusCode.Ok);
        Say(logger, LogLevel.Information, operation, "completed", time.GetElapsedTime(started), null);
        return result;
    }

    /// <inheritdoc cref="TimeAsync{T}"/>
    public static Task TimeAsync(this ILogger logger, string operation, Func<Task> body, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return logger.TimeAsync<object?>(operation, async () =>
        {
            await body().ConfigureAwait(false);
            return null;
        }, timeProvider);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A logger that fails must not take the result with it.")]
    private static void Say(ILogger logger, LogLevel level, string operation, string outcome, TimeSpan took, Exception? exception)
    {
        try
        {
            logger.Log(level, exception, "{Operation} {Outcome} after {DurationMs} ms", operation, outcome, took.TotalMilliseconds);
        }
        catch (Exception)
        {
        }
    }

    private sealed class ChildLogger(ILogger parent, KeyValuePair<string, object?>[] data) : ILogger
    {
        /// <summary>One scope for all generations, so that the nearest wins whatever the provider makes of nested ones.</summary>
        public ChildLogger Extend(IEnumerable<KeyValuePair<string, object?>> more)
        {
            var merged = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in data.Concat(more))
                merged[name] = value;
            return new ChildLogger(parent, [.. merged]);
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => parent.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => parent.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!parent.IsEnabled(logLevel))
                return;
            using (parent.BeginScope(data))
                parent.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
