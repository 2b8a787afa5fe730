using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance;

/// <summary>The library's own logging, run context and metrics, for subjects that stand on them.</summary>
/// <param name="time">The clock of time stamps and durations.</param>
public sealed class LibraryObservability(TimeProvider time) : IObservability, ILogging, IRunContexts
{
    /// <inheritdoc/>
    public ILogging Logging => this;

    /// <inheritdoc/>
    public IRunContexts Contexts => this;

    /// <inheritdoc/>
    public RunIdentity? Current => RunContext.Current is { } context ? new RunIdentity(context.RunId, context.Tenant, context.StepId) : null;

    /// <inheritdoc/>
    public string ActivitySourceName => ReliabilityTelemetry.ActivitySourceName;

    /// <inheritdoc/>
    public IMetrics CreateMetrics(int? maxSeries = null)
    {
        var options = new MetricsRegistryOptions { TimeProvider = time };
        return new Metrics(new MetricsRegistry(maxSeries is { } bound ? options with { MaxSeries = bound } : options));
    }

    /// <inheritdoc/>
    public ILogger Create(LogRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new JsonLinesOptions { TimeProvider = time };
        if (request.MinimumLevel is { } level)
            options = options with { MinimumLevel = level };
#pragma warning disable CA2000 // Dispose objects before losing scope: the logger lives on it, and it closes nothing.
        return new JsonLinesLoggerProvider(request.Output, request.Errors, options).CreateLogger(request.Component);
#pragma warning restore CA2000
    }

    /// <inheritdoc/>
    public ILogger Child(ILogger parent, IReadOnlyList<KeyValuePair<string, object?>> data) => parent.Child(data);

    /// <inheritdoc/>
    public Task<T> TimeAsync<T>(ILogger logger, string operation, Func<Task<T>> body) => logger.TimeAsync(operation, body, time);

    /// <inheritdoc/>
    public IDisposable Begin(string? runId = null, string? tenantId = null, string? stepId = null) => RunContext.Begin(runId, tenantId, stepId);

    /// <inheritdoc/>
    public Activity? StartSpan(string name) => ReliabilityTelemetry.StartSpan(name);

    private sealed class Metrics(MetricsRegistry registry) : IMetrics
    {
        public long LeftOut => registry.Snapshot().SingleOrDefault(static p => p.Name == MetricsRegistry.Overflow)?.Count ?? 0;

        public void Increment(string name, double amount = 1, params IReadOnlyList<KeyValuePair<string, object?>> labels) => registry.Increment(name, amount, [.. labels]);

        public void Gauge(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => registry.Gauge(name, value, [.. labels]);

        public void Histogram(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => registry.Histogram(name, value, [.. labels]);

        public Func<TimeSpan?> StartTimer(string name, params IReadOnlyList<KeyValuePair<string, object?>> labels) => registry.StartTimer(name, [.. labels]).Stop;

        public IReadOnlyList<MetricPoint> Snapshot() => registry.Snapshot();

        public void Reset() => registry.Reset();
    }
}
