using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

internal sealed class JsonLinesLogger(JsonLinesLoggerProvider provider, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.MinimumLevel && logLevel != LogLevel.None;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Logging never throws.")]
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        try
        {
            var line = new JsonLine(category, logLevel, Message(state, exception, formatter), provider.Now, exception);
            provider.Scopes.ForEachScope(static (scope, line) => line.Add(scope), line);
            line.Add(state);
            provider.Write(logLevel, line.ToString());
        }
        catch (Exception)
        {
            // A closed stream or a full disk: there is nowhere left to say it, and the caller's work goes on.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Logging never throws.")]
    private static string Message<TState>(TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            return formatter(state, exception) ?? "";
        }
        catch (Exception e)
        {
            return $"[message unavailable: {e.GetType().Name}]";
        }
    }
}
