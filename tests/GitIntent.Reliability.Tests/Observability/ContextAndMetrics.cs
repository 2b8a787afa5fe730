using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Reliability.Tests.Observability;

public class ContextAndMetrics
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_context_nests_inherits_and_ends()
    {
        RunContext.Current.ShouldBeNull();
        using (RunContext.Begin("run", "acme"))
        {
            using (RunContext.Begin(stepId: "s1"))
            {
                Now().ShouldBe(("run", "acme", "s1"));
                using (RunContext.Begin("other"))
                    Now().ShouldBe(("other", "acme", null));
                Now().ShouldBe(("run", "acme", "s1"));
            }

            Now().ShouldBe(("run", "acme", null));
        }

        RunContext.Current.ShouldBeNull();
    }

    [Fact]
    public void Ends_in_any_order_and_twice_do_no_harm()
    {
        var outer = RunContext.Begin("outer");
        var inner = RunContext.Begin("inner");
        outer.Dispose();
        RunContext.Current.ShouldBeNull();
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        RunContext.Current.ShouldBeNull();
    }

    [Fact]
    public async Task Parallel_runs_are_never_mixed()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            using (RunContext.Begin($"run-{i}"))
            {
                for (var step = 0; step < 20; step++)
                {
                    using (RunContext.Begin(stepId: $"{i}-{step}"))
                    {
                        await Task.Yield();
                        Now().ShouldBe(($"run-{i}", null, $"{i}-{step}"));
                        await Task.Run(() => Now().ShouldBe(($"run-{i}", null, $"{i}-{step}")));
                    }
                }
            }
        })));
        RunContext.Current.ShouldBeNull();
    }

    [Fact]
    public void Labels_in_any_order_are_one_series()
    {
        var registry = Registry();
        registry.Increment("c", 2, new("a", 1), new("b", "x"));
        registry.Increment("c", 3, new("b", "x"), new("a", 1));
        registry.Increment("c", labels: new KeyValuePair<string, object?>("a", 2));
        registry.Snapshot().Select(p => (string.Join(',', p.Labels.Select(l => $"{l.Key}={l.Value}")), p.Sum)).ShouldBe([("a=1,b=x", 5d), ("a=2", 1d)]);
    }

    [Fact]
    public void No_label_can_imitate_another()
    {
        var registry = Registry();
        registry.Increment("c", 1, new("a", "1"), new("b", "2"));
        registry.Increment("c", 2, new KeyValuePair<string, object?>("a", "1\u001fb\u001f2"));
        registry.Increment("c", 4, new KeyValuePair<string, object?>("a", "1\u001e1b\u001e12"));
        registry.Snapshot().Select(static p => p.Sum).Order().ShouldBe([1d, 2d, 4d]);
    }

    [Fact]
    public void The_labels_of_a_snapshot_cannot_be_changed()
    {
        var registry = Registry();
        registry.Increment("c", 1, new KeyValuePair<string, object?>("a", 1));
        registry.Snapshot()[0].Labels.ShouldNotBeAssignableTo<KeyValuePair<string, string>[]>();
    }

    [Fact]
    public void Each_kind_measures_what_it_says()
    {
        var registry = Registry();
        registry.Gauge("g", 5);
        registry.Gauge("g", 3);
        registry.Histogram("h", 1);
        registry.Histogram("h", 4);
        registry.Timer("t", TimeSpan.FromMilliseconds(7));
        registry.Increment("c", -1);
        registry.Histogram("h", double.NaN);
        registry.Snapshot().Select(p => (p.Kind, p.Name, p.Count, p.Sum, p.Min, p.Max, p.Last)).ShouldBe(
            [(MetricKind.Gauge, "g", 2L, 3d, 3d, 5d, 3d), (MetricKind.Histogram, "h", 2L, 5d, 1d, 4d, 4d), (MetricKind.Timer, "t", 1L, 7d, 7d, 7d, 7d)]);
        registry.Reset();
        registry.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public void A_timer_records_once()
    {
        var registry = Registry();
        using (var timer = registry.StartTimer("t", new KeyValuePair<string, object?>("op", "x")))
        {
            _time.Advance(TimeSpan.FromMilliseconds(12));
            timer.Stop().ShouldBe(TimeSpan.FromMilliseconds(12));
            timer.Stop().ShouldBeNull();
        }

        registry.Snapshot().Single().ShouldSatisfyAllConditions(p => p.Count.ShouldBe(1), p => p.Sum.ShouldBe(12));
    }

    [Fact]
    public void It_is_bounded_and_says_what_it_left_out()
    {
        var registry = new MetricsRegistry(new() { MaxSeries = 10 });
        for (var i = 0; i < 100; i++)
            registry.Increment("c", labels: new KeyValuePair<string, object?>("i", i));
        var snapshot = registry.Snapshot();
        snapshot.Count.ShouldBe(11);
        snapshot.Single(p => p.Name == MetricsRegistry.Overflow).Sum.ShouldBe(90);
    }

    [Fact]
    public void Values_carry_the_run_they_were_measured_in_and_no_secret()
    {
        var registry = Registry();
        using (RunContext.Begin("run", "acme", "s"))
            registry.Increment("c", labels: new KeyValuePair<string, object?>("api_key", "abc"));
        registry.Snapshot().Single().Labels.ShouldBe([new("api_key", "[redacted]"), new("run_id", "run"), new("step_id", "s"), new("tenant_id", "acme")]);
        var plain = new MetricsRegistry(new() { StampRunContext = false });
        using (RunContext.Begin("run"))
            plain.Increment("c");
        plain.Snapshot().Single().Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_hears_any_meter_and_this_librarys_own()
    {
        var name = Guid.NewGuid().ToString();
        using var meter = new Meter(name);
        var registry = Registry();
        using (registry.Listen(name))
        {
            meter.CreateCounter<int>("c").Add(2, new KeyValuePair<string, object?>("a", 1));
            meter.CreateHistogram<double>("h").Record(1.5);
            var upDown = meter.CreateUpDownCounter<long>("u");
            upDown.Add(3);
            upDown.Add(-1);
            meter.CreateGauge<float>("g").Record(4);
        }

        meter.CreateCounter<int>("late").Add(1);
        registry.Snapshot().Select(p => (p.Kind, p.Name, p.Sum)).ShouldBe([(MetricKind.Counter, "c", 2d), (MetricKind.Gauge, "g", 4d), (MetricKind.Histogram, "h", 1.5), (MetricKind.Gauge, "u", 2d)]);

        var own = Registry();
        var tenant = Guid.NewGuid().ToString();
        using (own.Listen(ReliabilityTelemetry.MeterName))
        {
            var locks = new MemoryRunLockManager(new ReliabilityOptions { Tenant = tenant });
            await locks.AcquireAsync("run");
            await locks.TryAcquireAsync("run");
        }

        own.Snapshot().Where(p => p.Labels.Any(l => l.Value == tenant)).Select(p => (p.Name, p.Sum)).ShouldBe([("gitintent.reliability.lock.acquired", 1d), ("gitintent.reliability.lock.conflicts", 1d)]);
    }

    private MetricsRegistry Registry() => new(new() { TimeProvider = _time });

    private static (string?, string?, string?) Now() => (RunContext.Current?.RunId, RunContext.Current?.Tenant, RunContext.Current?.StepId);
}
