using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What a registry of metrics keeps.</summary>
internal static partial class Metrics
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
