namespace GitIntent.Reliability;

/// <summary>What a series measures.</summary>
public enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,
    /// <summary>The last value.</summary>
    Gauge,
    /// <summary>A distribution.</summary>
    Histogram,
    /// <summary>A distribution of durations, in milliseconds.</summary>
    Timer,
}

/// <summary>One series at one moment.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels, by name in ordinal order.</param>
/// <param name="Count">How many values it was given.</param>
/// <param name="Sum">Their sum; of a gauge, the last value.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Last">The last one.</param>
public sealed record MetricPoint(MetricKind Kind, string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, long Count, double Sum, double Min, double Max, double Last);
