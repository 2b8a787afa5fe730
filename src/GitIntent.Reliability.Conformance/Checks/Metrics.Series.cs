using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Which measurements are one series, and what a registry shows of its series.</summary>
internal static partial class Metrics
{
    private static Task LabelsAnyOrder(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 2, ("shop", "a"), ("kind", "new"), ("n", 1));
        metrics.Increment("orders", 3, ("n", 1), ("kind", "new"), ("shop", "a"));
        metrics.Increment("orders", 4, ("kind", "new"), ("shop", "a"), ("n", 1));
        var point = metrics.One("orders");
        s.Same(point.Sum, 9d, "The sum of one set of labels in three orders");
        s.Same(string.Join(" ", point.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => $"{l.Key}={l.Value}")), "kind=new n=1 shop=a", "The labels of the series");
        foreach (var reversed in new[] { false, true })
        {
            (string, object?)[] labels = [("b", "x"), ("a", "y")];
            metrics.Histogram("size", 1, reversed ? [.. labels.Reverse()] : labels);
            metrics.Gauge("queue", 1, reversed ? [.. labels.Reverse()] : labels);
            metrics.Start("load", reversed ? [.. labels.Reverse()] : labels)();
        }

        s.Same((metrics.One("size").Count, metrics.One("load").Count), (2L, 2L), "The counts of a histogram and a timer with labels in two orders");
        metrics.One("queue");
        return Task.CompletedTask;
    }

    private static Task LabelsApart(Scene s)
    {
        var metrics = s.Metrics();
        (string, object?)[][] sets =
        [
            [], [("a", "1")], [("a", "2")], [("b", "1")], [("a", "1"), ("b", "2")], [("a", "1,b=2")], [("a", "1\u001fb\u001f2")], [("a", "1;b:2")], [("a", "1\",\"b\":\"2")], [("a", "1|b|2")], [("a", "1&b=2")], [("a=1,b", "2")],
            [("a", "X")], [("a", "x")], [("A", "x")], [("a", $"{new string('x', 200)}1")], [("a", $"{new string('x', 200)}2")], [("a", "")], [("a", "1 ")],
        ];
        for (var i = 0; i < sets.Length; i++)
            metrics.Increment("orders", i + 1, sets[i]);
        var sums = metrics.Snapshot().Where(static p => p.Name == "orders").Select(static p => p.Sum).Order();
        s.Same(string.Join(" ", sums.Select(Show.Value)), string.Join(" ", Enumerable.Range(1, sets.Length)), "The sums of series with different labels");
        return Task.CompletedTask;
    }

    private static Task NamesApart(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 2);
        metrics.Increment("Orders", 3);
        metrics.Increment("orders.total", 4);
        metrics.Increment("orders_total", 4);
        metrics.Gauge("orders", 5);
        metrics.Histogram("orders", 6);
        metrics.Start("orders")();
        var points = metrics.Snapshot();
        s.Same(points.Count, 7, "How many series there are");
        s.Same((points.Single(static p => p is { Kind: MetricKind.Counter, Name: "orders" }).Sum, points.Single(static p => p is { Kind: MetricKind.Gauge, Name: "orders" }).Last), (2d, 5d), "A counter and a gauge of one name");
        return Task.CompletedTask;
    }

    private static Task SnapshotCopy(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 1, ("shop", "a"));
        metrics.Histogram("size", 3);
        var early = metrics.Snapshot();
        var text = MetricsActor.Text(early);
        metrics.Increment("orders", 1, ("shop", "a"));
        metrics.Increment("new", 1);
        metrics.Histogram("size", 9);
        s.Same(MetricsActor.Text(early), text, "A snapshot, after more was measured");
        var now = MetricsActor.Text(metrics.Snapshot());
        s.Call("change a snapshot", () => Spoil(metrics.Snapshot()), static _ => "changed as far as it can be");
        s.Same(MetricsActor.Text(metrics.Snapshot()), now, "The registry, after a snapshot was changed");
        metrics.Reset();
        s.Same(MetricsActor.Text(early), text, "A snapshot, after a reset");
        return Task.CompletedTask;
    }

    /// <summary>As whoever casts can do.</summary>
    private static bool Spoil(IReadOnlyList<MetricPoint> snapshot)
    {
        foreach (var point in snapshot)
        {
            if (point.Labels is KeyValuePair<string, string>[] { Length: > 0 } labels)
                labels[0] = new("spoilt", "spoilt");
            else if (point.Labels is List<KeyValuePair<string, string>> list)
                list.Clear();
        }

        if (snapshot is MetricPoint[] { Length: > 0 } points)
            points[0] = points[0] with { Sum = -1, Last = -1, Name = "spoilt" };
        else if (snapshot is List<MetricPoint> list)
            list.Clear();
        return true;
    }

    private static Task SnapshotStable(Scene s)
    {
        var metrics = s.Metrics();
        foreach (var name in new[] { "b", "a", "c" })
            metrics.Increment(name, 1, ("x", name));
        var order = Order();
        metrics.Increment("c", 1, ("x", "c"));
        metrics.Increment("a", 1, ("x", "a"));
        metrics.Increment("a", 1, ("x", "a"));
        s.Same(Order(), order, "The order of the series after others were counted up");
        return Task.CompletedTask;

        string Order() => string.Join(" ", metrics.Snapshot().Select(static p => p.Name));
    }

    private static Task ResetForgets(Scene s)
    {
        var metrics = s.Metrics(2);
        metrics.Increment("orders", 5);
        metrics.Gauge("queue", 5);
        metrics.Increment("too many", 1);
        metrics.Reset();
        s.Same((metrics.Snapshot().Count, metrics.Metrics.LeftOut), (0, 0L), "How many series there are after a reset, and how many values were left out");
        metrics.Increment("orders", 2);
        metrics.Histogram("size", 2);
        var (counter, histogram) = (metrics.One("orders"), metrics.One("size"));
        s.Same((counter.Sum, histogram.Count, histogram.Max), (2d, 1L, 2d), "What was measured after the reset");
        return Task.CompletedTask;
    }

    private static Task Bounded(Scene s)
    {
        const int bound = 8;
        var metrics = s.Metrics(bound);
        metrics.Increment("orders", 1, ("user", 0));
        for (var user = 1; user < 60; user++)
            metrics.Metrics.Increment("orders", 1, [new("user", user)]);
        s.History.Note("caller", "add 1 to counter orders {user=1} … {user=59}", "done");
        var points = metrics.Snapshot();
        // One series more may say what was left out.
        s.Holds(points.Count <= bound + 1, $"The snapshot has {Show.Value(points.Count)} series; expected {Show.Value(bound)} at most, and one for what is left out.");
        var own = points.Where(static p => p.Name == "orders").Sum(static p => p.Sum);
        var leftOut = s.Call("left out", () => metrics.Metrics.LeftOut, static n => Show.Value(n));
        s.Holds(leftOut > 0, "Nothing says that values were left out.");
        s.Same(own + leftOut, 60d, "What the series came to, and what was left out, together");
        metrics.Increment("orders", 2, ("user", 0));
        s.Same(metrics.Snapshot().Single(static p => p.Name == "orders" && p.Labels.Any(static l => l.Value == "0")).Sum, 3d, "The sum of a series that was there before the bound was reached");
        s.Same(metrics.Metrics.LeftOut, leftOut, "How many values were left out, after one for a series that is there");
        return Task.CompletedTask;
    }

    private static Task RegistriesApart(Scene s)
    {
        var (one, two) = (s.Metrics(), s.Metrics());
        one.Increment("orders", 1);
        s.Same(two.Snapshot().Count, 0, "How many series the second registry has");
        two.Increment("orders", 5);
        two.Reset();
        s.Same(one.One("orders").Sum, 1d, "The sum in the first registry");
        return Task.CompletedTask;
    }
}
