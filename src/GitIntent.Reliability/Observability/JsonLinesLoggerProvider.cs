using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>How log lines are written.</summary>
public sealed record JsonLinesOptions
{
    /// <summary>What is written.</summary>
    /// <value><see cref="LogLevel.Information"/>: DEBUG is off unless asked for.</value>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>The clock of the time stamps.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>
/// Writes each log entry as one line of JSON: <c>level</c>, <c>message</c>, <c>timestamp</c>, <c>component</c>, <c>runId</c>, <c>tenantId</c>,
/// <c>stepId</c>, <c>traceId</c>, <c>spanId</c>, <c>durationMs</c>, <c>data</c>, <c>error</c>. Redacted; never throws.
/// </summary>
[ProviderAlias("JsonLines")]
public sealed class JsonLinesLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly JsonLinesOptions _options;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly Lock _gate = new();
    private volatile bool _disposed;

    /// <summary>Creates a provider. The writers are flushed, not closed.</summary>
    /// <param name="output">Where lines go.</param>
    /// <param name="errors">Where warnings and errors go; null: to <paramref name="output"/>.</param>
    /// <param name="options">Level, clock.</param>
    public JsonLinesLoggerProvider(TextWriter output, TextWriter? errors = null, JsonLinesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _errors = errors ?? output;
        _options = options ?? new();
    }

    internal IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    internal LogLevel MinimumLevel => _options.MinimumLevel;

    internal DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLinesLogger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    internal void Write(LogLevel level, string line)
    {
        if (_disposed)
            return;
        var to = level >= LogLevel.Warning ? _errors : _output;
        lock (_gate)
        {
            to.Write(line);
            to.Write('\n');
            to.Flush();
        }
    }
}
