using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>Metrics whose series are one immutable map. The order of a snapshot is that of the series' text.</summary>
internal sealed class CasMetrics(TimeProvider time, int maxSeries, Func<RunIdentity?> context) : IMetrics
{
    private ImmutableSortedDictionary<string, MetricPoint> _series = ImmutableSortedDictionary.Create<string, MetricPoint>(StringComparer.Ordinal);
    private long _leftOut;

    public long LeftOut => Interlocked.Read(ref _leftOut);

    public void Increment(string name, double amount = 1, params IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        if (amount >= 0)
            Add(MetricKind.Counter, name, amount, labels);
    }

    public void Gauge(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => Add(MetricKind.Gauge, name, value, labels);

    public void Histogram(string name, double value, params IReadOnlyList<KeyValuePair<string, object?>> labels) => Add(MetricKind.Histogram, name, value, labels);

    public Func<TimeSpan?> StartTimer(string name, params IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        var (start, stopped) = (time.GetTimestamp(), 0);
        return () =>
        {
            if (Interlocked.Exchange(ref stopped, 1) == 1)
                return null;
            var took = time.GetElapsedTime(start);
            Add(MetricKind.Timer, name, took.TotalMilliseconds, labels);
            return took;
        };
    }

    public IReadOnlyList<MetricPoint> Snapshot() => [.. Volatile.Read(ref _series).Values.Select(static p => p with { Labels = [.. p.Labels] })];

    public void Reset()
    {
        Volatile.Write(ref _series, _series.Clear());
        Interlocked.Exchange(ref _leftOut, 0);
    }

    private void Add(MetricKind kind, string name, double value, IReadOnlyList<KeyValuePair<string, object?>> labels)
    {
        var stamped = labels.Select(static l => KeyValuePair.Create(l.Key, Convert.ToString(l.Value, CultureInfo.InvariantCulture) ?? "")).ToList();
        if (context() is { } here)
        {
            foreach (var (label, text) in new[] { ("run_id", here.RunId), ("tenant_id", here.TenantId), ("step_id", here.StepId) })
            {
                if (text is not null && stamped.All(l => l.Key != label))
                    stamped.Add(KeyValuePair.Create(label, text));
            }
        }

        if (!double.IsFinite(value))
            return;
        stamped.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var key = string.Join('\0', stamped.Select(static l => $"{l.Key}\0{l.Value}").Prepend(name).Append($"{kind}"));
        while (true)
        {
            var seen = Volatile.Read(ref _series);
            if (!seen.TryGetValue(key, out var there) && seen.Count >= maxSeries)
            {
                Interlocked.Increment(ref _leftOut);
                return;
            }

            var point = there is null
                ? new MetricPoint(kind, name, stamped, 1, value, value, value, value)
                : there with { Count = there.Count + 1, Sum = kind == MetricKind.Gauge ? value : there.Sum + value, Min = Math.Min(there.Min, value), Max = Math.Max(there.Max, value), Last = value };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _series, seen.SetItem(key, point), seen), seen))
                return;
        }
    }
}
