using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GitIntent.Reliability;

/// <summary>The names under which exporters find what this library measures, and its spans.</summary>
public static class ReliabilityTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "GitIntent.Reliability";

    /// <summary>The name of the <see cref="Meter"/>.</summary>
    public const string MeterName = "GitIntent.Reliability";

    private static readonly ActivitySource s_source = new(ActivitySourceName);
    private static readonly Meter s_meter = new(MeterName);

    internal static readonly Counter<long> LocksAcquired = s_meter.CreateCounter<long>("gitintent.reliability.lock.acquired", "{lock}", "Locks acquired.");
    internal static readonly Counter<long> LockConflicts = s_meter.CreateCounter<long>("gitintent.reliability.lock.conflicts", "{attempt}", "Attempts that ended with somebody else's lock.");
    internal static readonly Counter<long> LocksLost = s_meter.CreateCounter<long>("gitintent.reliability.lock.lost", "{lock}", "Locks that were lost while they were held.");
    internal static readonly Histogram<double> LockWait = s_meter.CreateHistogram<double>("gitintent.reliability.lock.wait", "s", "How long acquirers waited, where they waited.");
    internal static readonly Counter<long> OperationsStarted = s_meter.CreateCounter<long>("gitintent.reliability.idempotency.started", "{operation}", "Operations begun.");
    internal static readonly Counter<long> OperationsFound = s_meter.CreateCounter<long>("gitintent.reliability.idempotency.found", "{operation}", "Begins that found the operation under way, done or failed.");
    internal static readonly Counter<long> CheckpointsSaved = s_meter.CreateCounter<long>("gitintent.reliability.checkpoint.saved", "{checkpoint}", "Checkpoints saved.");

    /// <summary>Starts a span that carries the run context.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="kind">Its kind.</param>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? StartSpan(string name, ActivityKind kind = ActivityKind.Internal)
    {
        var activity = s_source.StartActivity(name, kind);
        if (activity is not null)
            RunContext.Current?.Stamp(activity);
        return activity;
    }

    internal static void Count(Counter<long> counter, string tenant)
    {
        if (counter.Enabled)
            counter.Add(1, new KeyValuePair<string, object?>("tenant_id", tenant));
    }
}
