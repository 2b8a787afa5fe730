namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Somebody who measures. Every call is recorded.</summary>
internal sealed class MetricsActor(Scene scene, IMetrics metrics)
{
    public IMetrics Metrics => metrics;

    public void Increment(string name, double amount, params (string Name, object? Value)[] labels) =>
        Do($"add {Show.Value(amount)} to counter {name}{Of(labels)}", () => metrics.Increment(name, amount, Pairs(labels)));

    public void Gauge(string name, double value, params (string Name, object? Value)[] labels) =>
        Do($"set gauge {name}{Of(labels)} to {Show.Value(value)}", () => metrics.Gauge(name, value, Pairs(labels)));

    public void Histogram(string name, double value, params (string Name, object? Value)[] labels) =>
        Do($"add {Show.Value(value)} to histogram {name}{Of(labels)}", () => metrics.Histogram(name, value, Pairs(labels)));

    public Func<TimeSpan?> Start(string name, params (string Name, object? Value)[] labels)
    {
        var stop = scene.Call($"start timer {name}{Of(labels)}", () => metrics.StartTimer(name, Pairs(labels)), static _ => "started");
        return () => scene.Call($"stop timer {name}", stop, static took => Show.Value(took));
    }

    public void Reset() => Do("reset", metrics.Reset);

    public IReadOnlyList<MetricPoint> Snapshot() => scene.Call("snapshot", metrics.Snapshot, static points => Text(points));

    /// <summary>The series of that name, which is one.</summary>
    public MetricPoint One(string name)
    {
        var points = Snapshot().Where(p => p.Name == name).ToList();
        scene.Holds(points.Count == 1, $"{name} has {Show.Value(points.Count)} series in the snapshot; expected 1.");
        return points[0];
    }

    public static string Text(IEnumerable<MetricPoint> points) => Show.Line(string.Join("; ", points.Select(static p =>
        $"{p.Kind} {p.Name}{Of([.. p.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => (l.Key, (object?)l.Value))])} count {Show.Value(p.Count)} sum {Show.Value(p.Sum)} last {Show.Value(p.Last)}")
        .Order(StringComparer.Ordinal).DefaultIfEmpty("nothing")));

    private void Do(string call, Action make) => scene.Call(call, () =>
    {
        make();
        return true;
    }, static _ => "done");

    private static string Of((string Name, object? Value)[] labels) => labels.Length == 0 ? "" : $" {{{string.Join(", ", labels.Select(static l => $"{l.Name}={l.Value}"))}}}";

    private static KeyValuePair<string, object?>[] Pairs((string Name, object? Value)[] labels) => [.. labels.Select(static l => new KeyValuePair<string, object?>(l.Name, l.Value))];
}
