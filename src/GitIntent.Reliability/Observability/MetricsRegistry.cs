using System.Globalization;

namespace GitIntent.Reliability;

/// <summary>How an in-memory registry keeps its bounds.</summary>
public sealed record MetricsRegistryOptions
{
    /// <summary>How many series there may be. Further ones are counted together in the series <see cref="MetricsRegistry.Overflow"/>.</summary>
    /// <value>1,000.</value>
    public int MaxSeries { get; init; } = 1_000;

    /// <summary>Whether each value is labelled with the run, tenant and step that it was measured in.</summary>
    /// <value>True. A process that sees many runs turns it off: each run is a series.</value>
    public bool StampRunContext { get; init; } = true;

    /// <summary>The clock of the timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>Metrics in memory, bounded: for tests and snapshots. Exporters use <see cref="ReliabilityTelemetry.MeterName"/> instead. Thread-safe.</summary>
public sealed partial class MetricsRegistry
{
    /// <summary>The name of the series that takes what comes after the bound.</summary>
    public const string Overflow = "metrics_overflow";

    private readonly MetricsRegistryOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Creates an empty registry.</summary>
    /// <param name="options">Bounds, clock.</param>
    public MetricsRegistry(MetricsRegistryOptions? options = null) => _options = options ?? new();

    /// <summary>Adds to a counter.</summary>
    /// <param name="name">The counter.</param>
    /// <param name="amount">Zero or more; what is not is ignored.</param>
    /// <param name="labels">In any order.</param>
    public void Increment(string name, double amount = 1, params ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (amount >= 0)
            Record(MetricKind.Counter, name, amount, labels);
    }

    /// <summary>Sets a gauge.</summary>
    /// <param name="name">The gauge.</param>
    /// <param name="value">Its value.</param>
    /// <param name="labels">In any order.</param>
    public void Gauge(string name, double value, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => Record(MetricKind.Gauge, name, value, labels);

    /// <summary>Adds a value to a histogram.</summary>
    /// <param name="name">The histogram.</param>
    /// <param name="value">The value.</param>
    /// <param name="labels">In any order.</param>
    public void Histogram(string name, double value, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => Record(MetricKind.Histogram, name, value, labels);

    /// <summary>Adds a duration to a timer.</summary>
    /// <param name="name">The timer.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="labels">In any order.</param>
    public void Timer(string name, TimeSpan duration, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => Record(MetricKind.Timer, name, duration.TotalMilliseconds, labels);

    /// <summary>Starts to measure.</summary>
    /// <param name="name">The timer.</param>
    /// <param name="labels">In any order.</param>
    public MetricTimer StartTimer(string name, params ReadOnlySpan<KeyValuePair<string, object?>> labels) => new(this, name, labels.ToArray(), _options.TimeProvider);

    /// <summary>All series, by name and labels in ordinal order.</summary>
    public IReadOnlyList<MetricPoint> Snapshot()
    {
        lock (_gate)
            return [.. _series.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Point())];
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        lock (_gate)
            _series.Clear();
    }

    internal void Record(MetricKind kind, string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, bool add = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!double.IsFinite(value))
            return;
        var sorted = Sorted(labels);
        var key = string.Join('\u001f', [Part(name), ((int)kind).ToString(CultureInfo.InvariantCulture), .. sorted.SelectMany(static l => new[] { Part(l.Key), Part(l.Value) })]);
        lock (_gate)
        {
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= _options.MaxSeries)
                {
                    (kind, name, value, sorted) = (MetricKind.Counter, Overflow, 1, []);
                    key = Overflow;
                    _series.TryGetValue(key, out series);
                }

                if (series is null)
                    _series.Add(key, series = new Series(kind, name, sorted));
            }

            series.Add(add ? series.Last + value : value);
        }
    }

    /// <summary>A part of a key. It holds no separator, so that no value can imitate another label.</summary>
    private static string Part(string text) => text.Replace("\u001e", "\u001e0", StringComparison.Ordinal).Replace("\u001f", "\u001e1", StringComparison.Ordinal);

    private KeyValuePair<string, string>[] Sorted(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var set = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (_options.StampRunContext && RunContext.Current is { } context)
        {
            foreach (var (name, value) in context.Labels())
                set[name] = value;
        }

        foreach (var (name, value) in labels)
            set[name] = Redactor.IsSecretName(name) ? Redactor.Mark : SafeText.Of(value);
        return [.. set];
    }

    private sealed class Series(MetricKind kind, string name, KeyValuePair<string, string>[] labels)
    {
        private readonly IReadOnlyList<KeyValuePair<string, string>> _labels = Array.AsReadOnly(labels);
        private long _count;
        private double _sum;
        private double _min = double.PositiveInfinity;
        private double _max = double.NegativeInfinity;

        public double Last { get; private set; }

        public void Add(double value)
        {
            _count++;
            _sum = kind == MetricKind.Gauge ? value : _sum + value;
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
            Last = value;
        }

        public MetricPoint Point() => new(kind, name, _labels, _count, _sum, _min, _max, Last);
    }
}
