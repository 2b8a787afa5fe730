using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance;

/// <summary>Logging, run context and metrics of an implementation. What is null is not offered, and reported as skipped.</summary>
public interface IObservability
{
    /// <summary>Structured logging.</summary>
    ILogging? Logging { get; }

    /// <summary>The run context, and its spans.</summary>
    IRunContexts? Contexts { get; }

    /// <summary>An empty registry of metrics in memory.</summary>
    /// <param name="maxSeries">How many series it may keep; null: the implementation's own bound.</param>
    IMetrics? CreateMetrics(int? maxSeries = null);
}

/// <summary>Where log lines go, and which.</summary>
/// <param name="Component">What logs: the category, the line's <c>component</c>.</param>
/// <param name="Output">In place of standard output. Takes calls from any thread; each is atomic.</param>
/// <param name="Errors">In place of standard error, alike.</param>
/// <param name="MinimumLevel">What is written; null: what is written when nobody says.</param>
public sealed record LogRequest(string Component, TextWriter Output, TextWriter Errors, LogLevel? MinimumLevel = null);

/// <summary>
/// Structured logging: one line of JSON for each entry, with <c>level</c> (DEBUG, INFO, WARN, ERROR), <c>message</c>, <c>timestamp</c>, <c>component</c>, and where
/// there is one <c>runId</c>, <c>tenantId</c>, <c>stepId</c>, <c>data</c> (the named values), <c>error</c> (<c>name</c>, <c>message</c>, <c>code</c>, <c>stack</c>), <c>durationMs</c>.
/// </summary>
public interface ILogging
{
    /// <summary>A logger.</summary>
    ILogger Create(LogRequest request);

    /// <summary>A logger that adds <paramref name="data"/> to every entry, over what <paramref name="parent"/> adds.</summary>
    /// <param name="parent">A logger that this implementation made.</param>
    /// <param name="data">Names and values.</param>
    ILogger Child(ILogger parent, IReadOnlyList<KeyValuePair<string, object?>> data);

    /// <summary>Runs <paramref name="body"/>, and logs once how it ended and how long it took by the clock of the subject's context.</summary>
    /// <param name="logger">Any logger.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="body">Its result or error passes unchanged.</param>
    Task<T> TimeAsync<T>(ILogger logger, string operation, Func<Task<T>> body);

    /// <summary>Completes when what was logged before is written. For implementations that write later.</summary>
    ValueTask FlushAsync() => default;
}

/// <summary>Which run, tenant and step the code at hand works for.</summary>
/// <param name="RunId">The run, which correlates all that is stamped.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="StepId">The step.</param>
public sealed record RunIdentity(string? RunId, string? TenantId = null, string? StepId = null);

/// <summary>The run context, which flows into what is awaited and started, and stamps lines, spans and metrics.</summary>
public interface IRunContexts
{
    /// <summary>The context at hand; null where there is none.</summary>
    RunIdentity? Current { get; }

    /// <summary>The name of the <see cref="ActivitySource"/> that spans come from; null where they come from none.</summary>
    string? ActivitySourceName { get; }

    /// <summary>Works in a context of its own until the result is disposed of. What is null is inherited; another run does not inherit the step.</summary>
    IDisposable Begin(string? runId = null, string? tenantId = null, string? stepId = null);

    /// <summary>Starts a span with W3C ids. It carries the context as tags named <c>run_id</c>, <c>tenant_id</c> and <c>step_id</c>, whatever stands before or between the words.</summary>
    /// <returns>Null only where nobody listens to <see cref="ActivitySourceName"/>.</returns>
    Activity? StartSpan(string name);
}

/// <summary>A bounded registry of metrics in memory. Labels in any order are one series. Thread-safe.</summary>
public interface IMetrics
{
    /// <summary>How many values found no room for a series of their own. The bound is never silent.</summary>
    long LeftOut { get; }

    /// <summary>Adds to a counter, which only grows: a negative amount is ignored or refused.</summary>
    void Increment(string name, double amount = 1, params IReadOnlyList<KeyValuePair<string, object?>> labels);

    /// <summary>Sets a gauge.</summary>
    void Gauge(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels);

    /// <summary>Adds a value to a histogram.</summary>
    void Histogram(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels);

    /// <summary>Starts to measure by the clock of the subject's context.</summary>
    /// <returns>Stops it and records the milliseconds as <see cref="MetricKind.Timer"/>; returns null, and records nothing, when it was stopped already.</returns>
    Func<TimeSpan?> StartTimer(string name, params IReadOnlyList<KeyValuePair<string, object?>> labels);

    /// <summary>All series as they are now, in a stable order: a copy.</summary>
    IReadOnlyList<MetricPoint> Snapshot();

    /// <summary>Forgets everything.</summary>
    void Reset();
}
