using System.Globalization;
using GitIntent.Reliability.Conformance;
using static GitIntent.Reliability.Tests.Faulty.ObservabilityFault;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>Metrics in a list of points that are replaced. Correct unless a fault is switched on.</summary>
internal sealed class PlainMetrics(TimeProvider time, PlainContexts contexts, int maxSeries, List<MetricPoint> points, ObservabilityFault? fault) : IMetrics
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, DateTimeOffset Wall)> _startedByName = new(StringComparer.Ordinal);
    private readonly List<MetricPoint> _handedOut = [];
    private long _leftOut;

    public long LeftOut => fault == BoundSilent ? 0 : Interlocked.Read(ref _leftOut);

    public void Increment(string name, double amount = 1, params IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        if (amount < 0 && fault != CounterGoesDown)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A counter only grows.");
        Add(MetricKind.Counter, name, fault == CounterCountsCalls ? 1 : amount, labels);
    }

    public void Gauge(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => Add(MetricKind.Gauge, name, value, labels);

    public void Histogram(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => Add(MetricKind.Histogram, name, value, labels);

    public Func<TimeSpan?> StartTimer(string name, params IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        var (start, stopped) = ((At: time.GetTimestamp(), Wall: time.GetUtcNow()), false);
        _startedByName[name] = start;
        if (fault == TimerStartRecords)
            Add(MetricKind.Timer, name, 0, labels);
        return () =>
        {
            if (stopped && fault != TimerStopsAgain)
                return null;
            stopped = true;
            var from = fault == TimerByName ? _startedByName[name] : start;
            var took = fault == TimerByWallClock ? time.GetUtcNow() - from.Wall : time.GetElapsedTime(from.At);
            Add(MetricKind.Timer, name, fault == TimerInSeconds ? took.TotalSeconds : took.TotalMilliseconds, labels);
            return took;
        };
    }

    public IReadOnlyList<MetricPoint> Snapshot()
    {
        lock (_gate)
        {
            if (fault == SnapshotLive)
                return points;
            if (fault != SnapshotHandedOut)
                return fault == SnapshotByRecency ? [.. points.OrderByDescending(static p => p.Count).ThenByDescending(static p => p.Last)] : points.ToList();
            if (_handedOut.Count == 0)
                _handedOut.AddRange(points);
            return _handedOut;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            if (fault == ResetToZero)
                points.ForEach(p => points[points.IndexOf(p)] = p with { Count = 0, Sum = 0, Last = 0 });
            else
                points.Clear();
            if (fault != ResetKeepsLeftOut)
                _leftOut = 0;
        }
    }

    private void Add(MetricKind kind, string name, double value, IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        if (!double.IsFinite(value) && fault != CounterTakesNoNumber)
            return;
        var own = labels.Select(static l => new KeyValuePair<string, string>(l.Key, Convert.ToString(l.Value, CultureInfo.InvariantCulture) ?? "")).ToList();
        if (fault == LabelValuesCut)
            own = [.. own.Select(static l => new KeyValuePair<string, string>(l.Key, l.Value[..Math.Min(128, l.Value.Length)]))];
        if (fault == NamesSanitized)
            name = name.Replace('.', '_');
        if (fault != LabelOrderMatters)
            own.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        List<KeyValuePair<string, string>> stamps = [];
        if (fault != MetricsNotStamped && contexts.Current is { } context)
            stamps.AddRange(new[] { ("runId", context.RunId), ("tenantId", context.TenantId), ("stepId", context.StepId) }.Where(static p => p.Item2 is not null).Select(static p => new KeyValuePair<string, string>(p.Item1, p.Item2!)));
        if (fault == MetricsStampedAfterTheKey)
            Put(kind, name, value, [.. own], stamps);
        else
            Put(kind, name, value, [.. own, .. stamps], []);
    }

    private void Put(MetricKind kind, string name, double value, KeyValuePair<string, string>[] labels, List<KeyValuePair<string, string>> unkeyed)
    {
        if (fault == UpdatesLost)
        {
            Store(kind, name, value, labels, unkeyed);
            return;
        }

        lock (_gate)
            Store(kind, name, value, labels, unkeyed);
    }

    private void Store(MetricKind kind, string name, double value, KeyValuePair<string, string>[] labels, List<KeyValuePair<string, string>> unkeyed)
    {
        _handedOut.Clear();
        var at = points.FindIndex(p => Same(p, kind, name, labels));
        if (at < 0)
        {
            if (points.Count >= maxSeries && fault == BoundEvicts)
                points.RemoveAt(0);
            if (points.Count >= maxSeries && fault != Unbounded)
            {
                _leftOut++;
                return;
            }

            var (low, high) = fault == HistogramSmallestFromZero ? (Math.Min(0, value), Math.Max(0, value)) : (value, value);
            points.Add(new MetricPoint(kind, name, [.. labels, .. unkeyed], 1, value, low, high, value));
            return;
        }

        if (fault == BoundFreezesAll && _leftOut > 0)
        {
            _leftOut++;
            return;
        }

        var old = points[at];
        if (fault == UpdatesLost)
            Thread.Yield(); // between the read and the write
        points[at] = old with
        {
            Count = old.Count + 1,
            Sum = kind == MetricKind.Histogram && fault == HistogramSumIsLast ? value : old.Sum + value,
            Min = Math.Min(old.Min, value),
            Max = Math.Max(old.Max, value),
            Last = kind != MetricKind.Gauge ? value : fault switch { GaugeAddsUp => old.Last + value, GaugeKeepsHighest => Math.Max(old.Last, value), _ => value },
        };
    }

    private bool Same(MetricPoint point, MetricKind kind, string name, KeyValuePair<string, string>[] labels)
    {
        if ((point.Kind != kind && fault != KindIgnored) || !point.Name.Equals(name, fault == NamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return false;
        return fault switch
        {
            LabelsIgnored => true,
            MetricsStampedAfterTheKey => point.Labels.Take(labels.Length).SequenceEqual(labels),
            LabelsJoined => Joined(point.Labels) == Joined(labels),
            LabelsIgnoreCase => Joined(point.Labels).Equals(Joined(labels), StringComparison.OrdinalIgnoreCase) && point.Labels.Count == labels.Length,
            _ => point.Labels.SequenceEqual(labels),
        };
    }

    private static string Joined(IEnumerable<KeyValuePair<string, string>> labels) => string.Join(",", labels.Select(static l => $"{l.Key}={l.Value}"));
}

/// <summary>The parts together.</summary>
internal sealed class PlainObservability : IObservability
{
    private readonly TimeProvider _time;
    private readonly PlainContexts _contexts;
    private readonly ObservabilityFault? _fault;
    private readonly List<MetricPoint> _ofProcess = [];

    public PlainObservability(TimeProvider time, ObservabilityFault? fault = null)
    {
        (_time, _fault, _contexts) = (time, fault, new PlainContexts(fault));
        Logging = new PlainLogging(time, _contexts, fault);
    }

    public ILogging Logging { get; }

    public IRunContexts Contexts => _contexts;

    public IMetrics CreateMetrics(int? maxSeries = null) => new PlainMetrics(_time, _contexts, maxSeries ?? 500, _fault == RegistryOfProcess ? _ofProcess : [], _fault);
}
