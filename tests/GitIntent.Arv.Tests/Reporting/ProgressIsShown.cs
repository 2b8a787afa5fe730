using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class ProgressIsShown : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void A_long_check_is_named_with_its_time_and_the_line_is_removed_for_the_report()
    {
        using var progress = Live();
        progress.CheckStarted("contract-tests", "run");
        progress.CheckStarted("forbidden-patterns", "serving");
        progress.CheckFinished("forbidden-patterns", Ended("serving"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Last().ShouldBe("1 check done, 1 running: contract-tests/run (2 s)");
        progress.Clear();
        Last().ShouldBe("");
    }

    [Fact]
    public void A_short_run_shows_nothing()
    {
        using (var progress = Live())
        {
            progress.CheckStarted("g", "c");
            _time.Advance(TimeSpan.FromMilliseconds(200));
            progress.CheckFinished("g", Ended("c"));
        }

        _terminal.ToString().ShouldBe("");
    }

    [Fact]
    public void Nothing_is_drawn_after_the_line_is_removed()
    {
        using var progress = Live();
        progress.CheckStarted("g", "c");
        progress.Clear();
        progress.CheckStarted("g", "d");
        _time.Advance(TimeSpan.FromSeconds(5));

        _terminal.ToString().ShouldBe("");
    }

    [Fact]
    public void The_line_never_wraps_and_is_safe()
    {
        using var progress = Live(width: 30);
        progress.CheckStarted("g\u001b[2J", new string('x', 100));
        _time.Advance(TimeSpan.FromSeconds(1));

        Last().ShouldBe("0 checks done, 1 running: g\\…");
    }

    [Fact]
    public void Without_a_terminal_nothing_happens()
    {
        using var progress = new LiveProgress(null, 80, _time);
        progress.CheckStarted("g", "c");
        _time.Advance(TimeSpan.FromSeconds(5));
        progress.CheckFinished("g", Ended("c"));
        progress.Clear();
    }

    [Fact]
    public void A_terminal_that_has_gone_does_not_disturb_the_run()
    {
        using var progress = Live();
        _terminal.Dispose();
        progress.CheckStarted("g", "c");
        _time.Advance(TimeSpan.FromSeconds(5));
        progress.CheckFinished("g", Ended("c"));
    }

    [Fact]
    public void Many_threads_may_tell_it()
    {
        using var progress = Live();
        Parallel.For(0, 2_000, i =>
        {
            progress.CheckStarted("g", $"c{i}");
            progress.CheckFinished("g", Ended($"c{i}"));
        });
        progress.CheckStarted("g", "last");
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Last().ShouldBe("2000 checks done, 1 running: g/last");
    }

    private LiveProgress Live(int width = 80) => new(_terminal, width, _time);

    private string Last() => _terminal.ToString().Split("\r\u001b[K")[^1];

    private static CheckReport Ended(string id) => SampleReports.All["all-passed"]().Gates[0].Checks[0] with { Id = id };
}
