using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What a registry of metrics keeps.</summary>
internal static class Metrics
{
    public static ConformanceCheck Check { get; } = new("metrics", "Metrics",
    [
        new("counter-adds", "A counter adds up what it is given, 1 where nothing is said.", CounterAdds),
        new("counter-only-grows", "A counter never goes down, and is never spoilt by what is no number.", CounterOnlyGrows),
        new("gauge-last", "A gauge shows the last value it was set to, also where that is lower, negative or zero.", GaugeLast),
        new("histogram-distribution", "A histogram keeps count, sum, smallest and largest value.", Histogram),
        new("timer-measures", "A timer records the time from start to stop in milliseconds; setting the time of day does not change it.", TimerMeasures),
        new("timer-stops-once", "A second stop of a timer records nothing.", TimerStopsOnce),
        new("timers-apart", "Timers of one name that run at the same time are each measured from their own start.", TimersApart),
        new("labels-any-order", "The same labels in any order are one series.", LabelsAnyOrder),
        new("labels-apart", "Different labels are different series, and no value can imitate another label.", LabelsApart),
        new("names-apart", "Different names, and different kinds of one name, are different series.", NamesApart),
        new("snapshot-copy", "A snapshot is a copy: it does not change later, and changing it changes nothing.", SnapshotCopy),
        new("snapshot-stable", "Snapshots of the same registry have the same order.", SnapshotStable),
        new("reset-forgets", "A reset forgets everything, and counting begins anew.", ResetForgets),
        new("bounded", "The registry keeps no more series than its bound, existing series go on, and what is left out is counted, never silent.", Bounded),
        new("registries-apart", "Two registries share nothing.", RegistriesApart),
        new("threads-add-up", "What several threads measure at the same time adds up.", ThreadsAddUp),
    ]);

    private static Task CounterAdds(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 1);
        metrics.Increment("orders", 5);
        metrics.Increment("orders", 0.5);
        metrics.Increment("orders", 0);
        s.Call("count orders", () =>
        {
            metrics.Metrics.Increment("orders");
            return true;
        }, static _ => "done");
        var point = metrics.One("orders");
        s.Same((point.Kind, point.Sum, point.Labels.Count), (MetricKind.Counter, 7.5, 0), "Kind, sum and labels of the counter");
        return Task.CompletedTask;
    }

    private static Task CounterOnlyGrows(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 5);
        foreach (var amount in new[] { -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            try
            {
                metrics.Increment("orders", amount);
            }
            catch (ArgumentException)
            {
                // refused
            }

            s.Same(metrics.One("orders").Sum, 5d, $"The sum of the counter after {Show.Value(amount)} was added");
        }

        return Task.CompletedTask;
    }

    private static Task GaugeLast(Scene s)
    {
        var metrics = s.Metrics();
        foreach (var value in new[] { 5, 3, -2, 0, 7.25, 7.25 })
        {
            metrics.Gauge("queue", value);
            var point = metrics.One("queue");
            s.Same((point.Kind, point.Last), (MetricKind.Gauge, value), "Kind and value of the gauge");
        }

        return Task.CompletedTask;
    }

    private static Task Histogram(Scene s)
    {
        var metrics = s.Metrics();
        foreach (var value in new[] { 4, -1.5, 10, 0 })
            metrics.Histogram("size", value);
        var point = metrics.One("size");
        s.Same((point.Kind, point.Count, point.Sum, point.Min, point.Max), (MetricKind.Histogram, 4L, 12.5, -1.5, 10d), "Kind, count, sum, smallest and largest value");
        metrics.Histogram("late", 3);
        s.Same((metrics.One("late").Min, metrics.One("late").Max), (3d, 3d), "Smallest and largest of one value");
        return Task.CompletedTask;
    }

    private static Task TimerMeasures(Scene s)
    {
        var metrics = s.Metrics();
        foreach (var (jump, time) in new[] { (0, 12), (-3600, 250), (3600, 1) })
        {
            s.Fresh();
            var stop = metrics.Start("load", ("jump", jump));
            if (jump != 0)
                s.Jump(TimeSpan.FromSeconds(jump));
            s.Advance(TimeSpan.FromMilliseconds(time));
            s.Same(stop(), TimeSpan.FromMilliseconds(time), "What the stop returned");
            var point = metrics.Snapshot().Single(p => p.Labels.Any(l => l.Value == Show.Value(jump)));
            s.Same((point.Kind, point.Name, point.Count, point.Sum, point.Min, point.Max), (MetricKind.Timer, "load", 1L, time, time, time), "Kind, name, count, sum, smallest and largest of the timer");
        }

        return Task.CompletedTask;
    }

    private static Task TimerStopsOnce(Scene s)
    {
        var metrics = s.Metrics();
        var stop = metrics.Start("load");
        s.Same(metrics.Snapshot().Count(static p => p.Name == "load" && p.Count > 0), 0, "How many series of a timer have a value that was not stopped");
        s.Pass(TimeSpan.FromMilliseconds(12));
        s.Holds(stop() is not null, "The first stop returned no time.");
        var first = metrics.One("load");
        for (var i = 0; i < 2; i++)
        {
            s.Pass(TimeSpan.FromMilliseconds(30));
            s.Same(stop(), null, "What another stop returned");
            var point = metrics.One("load");
            s.Same((point.Count, point.Sum), (1L, first.Sum), "Count and sum after another stop");
        }

        return Task.CompletedTask;
    }

    private static Task TimersApart(Scene s)
    {
        var metrics = s.Metrics();
        var one = metrics.Start("load");
        s.Advance(TimeSpan.FromMilliseconds(10));
        var two = metrics.Start("load");
        s.Advance(TimeSpan.FromMilliseconds(5));
        s.Same(one(), TimeSpan.FromMilliseconds(15), "What the stop of the first returned");
        s.Advance(TimeSpan.FromMilliseconds(1));
        s.Same(two(), TimeSpan.FromMilliseconds(6), "What the stop of the second returned");
        var point = metrics.One("load");
        s.Same((point.Count, point.Sum, point.Min, point.Max), (2L, 21d, 6d, 15d), "Count, sum, smallest and largest of the timer");
        return Task.CompletedTask;
    }

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
            [("a", "X")], [("a", "x")], [("a", "")], [("a", "1 ")],
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
        metrics.Gauge("orders", 5);
        metrics.Histogram("orders", 6);
        metrics.Start("orders")();
        var points = metrics.Snapshot();
        s.Same(points.Count, 6, "How many series there are");
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

    private static async Task ThreadsAddUp(Scene s)
    {
        const int each = 400;
        const int threads = 3;
        var metrics = s.Metrics();
        await Linearizability.Threads.RunAsync(threads, (caller, meet) =>
        {
            meet();
            for (var i = 0; i < each; i++)
            {
                metrics.Metrics.Increment("orders", 1, [new("shop", i % 4)]);
                metrics.Metrics.Histogram("size", 1);
            }

            return true;
        }, s.Limit);
        s.History.Note("3 threads", "add 1 to counter orders, and to histogram size, 400 times each", "done");
        s.Same(metrics.Snapshot().Where(static p => p.Name == "orders").Sum(static p => p.Sum), (double)each * threads, "The sum of what the threads counted");
        s.Same((metrics.One("size").Count, metrics.One("size").Sum), ((long)each * threads, (double)each * threads), "Count and sum of what the threads measured");
    }
}
