using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Running;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Arv.Tests.Running;

public sealed class RunnerTests
{
    private static readonly string[] Nothing = [];

    [Fact]
    public async Task A_check_that_throws_is_refused_and_the_others_go_on()
    {
        var gates = await Run(FakeCheck.Plan(
            ("a", "throws", FakeCheck.Throws(new InvalidOperationException("boom")), Nothing),
            ("a", "passes", FakeCheck.Passes(), Nothing),
            ("b", "passes", FakeCheck.Passes(), Nothing)));

        gates[0].Verdict.ShouldBe(Verdict.Refused);
        gates[0].Checks[0].Reason.ShouldBe("crashed: InvalidOperationException: boom");
        gates[0].Checks[1].Verdict.ShouldBe(Verdict.Passed);
        gates[1].Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_gate_is_as_bad_as_its_worst_check()
    {
        var gates = await Run(FakeCheck.Plan(
            ("failed", "a", FakeCheck.Refuses("no"), Nothing), ("failed", "b", FakeCheck.Finds((Severity.Error, "x", 1)), Nothing), ("failed", "c", FakeCheck.Passes(), Nothing),
            ("refused", "a", FakeCheck.Refuses("no"), Nothing), ("refused", "b", FakeCheck.Passes(), Nothing),
            ("passed", "a", FakeCheck.Finds((Severity.Warning, "x", 1)), Nothing)));

        gates.Select(g => g.Verdict).ShouldBe([Verdict.Failed, Verdict.Refused, Verdict.Passed]);
        RunPolicy.Judge(gates).ShouldBe((Verdict.Failed, null));
    }

    [Fact]
    public async Task Strict_makes_a_warning_fail()
    {
        var plan = FakeCheck.Plan(("a", "a", FakeCheck.Finds((Severity.Warning, "x", 1)), Nothing), ("b", "b", FakeCheck.Finds((Severity.Note, "x", 1)), Nothing));

        (await Run(plan)).Select(g => g.Verdict).ShouldBe([Verdict.Passed, Verdict.Passed]);
        (await Run(plan, o => o with { Strict = true })).Select(g => g.Verdict).ShouldBe([Verdict.Failed, Verdict.Passed]);
    }

    [Fact]
    public async Task A_need_that_failed_or_was_refused_refuses_and_one_that_was_skipped_skips()
    {
        var gates = await Run(FakeCheck.Plan(
            ("a", "fails", FakeCheck.Finds((Severity.Error, "x", 1)), Nothing),
            ("a", "refuses", FakeCheck.Refuses("no"), Nothing),
            ("a", "after-failed", FakeCheck.Passes(), ["fails"]),
            ("a", "after-refused", FakeCheck.Passes(), ["refuses"]),
            ("b", "after-skipped", FakeCheck.Passes(), ["c/x"]),
            ("c", "x", FakeCheck.Passes(), Nothing)), o => o with { Skip = ["c"] });

        gates[0].Checks.Select(c => (c.Verdict, c.Reason)).Skip(2).ShouldBe(
            [(Verdict.Refused, "needs a/fails, which failed"), (Verdict.Refused, "needs a/refuses, which was refused")]);
        gates[1].Checks[0].Verdict.ShouldBe(Verdict.Skipped);
        gates[1].Checks[0].Reason.ShouldBe("needs c/x, which was skipped: left out by --skip");
    }

    [Fact]
    public async Task Only_runs_what_is_asked_for_and_what_that_needs()
    {
        var gates = await Run(FakeCheck.Plan(
            ("a", "x", FakeCheck.Passes(), ["b/needed"]),
            ("b", "needed", FakeCheck.Passes(), Nothing), ("b", "other", FakeCheck.Passes(), Nothing),
            ("c", "y", FakeCheck.Passes(), Nothing)), o => o with { Only = ["a"] });

        gates.SelectMany(g => g.Checks).Select(c => (c.Id, c.Verdict)).ShouldBe(
            [("x", Verdict.Passed), ("needed", Verdict.Passed), ("other", Verdict.Skipped), ("y", Verdict.Skipped)]);
        gates[2].Reason.ShouldBe("not asked for");
    }

    [Fact]
    public async Task A_check_that_hangs_and_does_not_listen_is_refused_at_its_time_out()
    {
        var time = new FakeTimeProvider();
        var started = new TaskCompletionSource();
        var never = new TaskCompletionSource<CheckOutcome>();
        var hangs = new FakeCheck((_, _) =>
        {
            started.SetResult();
            return never.Task;
        });
        var run = Run(FakeCheck.Plan(("a", "hangs", hangs, Nothing), ("b", "passes", FakeCheck.Passes(), Nothing)), time: time);
        await started.Task;
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var gates = await run;
        gates[0].Checks[0].Reason.ShouldBe("did not end within 10m");
        gates[1].Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task An_interrupted_run_keeps_what_is_known_and_refuses_the_rest()
    {
        using var stop = new RunStop();
        var waits = new FakeCheck(async (_, token) =>
        {
            stop.Request("interrupted");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return CheckOutcome.Refused("never");
        });
        var gates = await Run(FakeCheck.Plan(("a", "passes", FakeCheck.Passes(), Nothing), ("b", "waits", waits, ["a/passes"]), ("c", "later", FakeCheck.Passes(), ["b/waits"])), stop: stop);

        gates.Select(g => g.Verdict).ShouldBe([Verdict.Passed, Verdict.Refused, Verdict.Refused]);
        gates[1].Reason.ShouldBe("interrupted");
    }

    [Fact]
    public async Task What_nobody_asked_for_stays_skipped_when_the_run_is_stopped()
    {
        using var stop = new RunStop();
        stop.Request("interrupted");

        var gates = await Run(FakeCheck.Plan(("a", "x", FakeCheck.Passes(), Nothing), ("b", "x", FakeCheck.Passes(), Nothing)), o => o with { Skip = ["b"] }, stop: stop);

        gates.Select(g => (g.Verdict, g.Reason)).ShouldBe([(Verdict.Refused, "interrupted"), (Verdict.Skipped, "left out by --skip")]);
    }

    [Fact]
    public async Task Fail_fast_skips_what_has_not_started_and_the_run_has_failed()
    {
        var gates = await Run(FakeCheck.Plan(
            ("a", "fails", FakeCheck.Finds((Severity.Error, "x", 1)), Nothing),
            ("b", "waits", new FakeCheck(async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return CheckOutcome.Refused("never");
            }), Nothing)), o => o with { FailFast = true });

        gates[1].Verdict.ShouldBe(Verdict.Skipped);
        gates[1].Reason.ShouldBe("a failed (--fail-fast)");
        RunPolicy.Judge(gates).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task Checks_run_side_by_side_and_never_more_than_jobs()
    {
        var running = 0;
        var most = 0;
        using var both = new Barrier(2);
        FakeCheck Meets() => new((_, _) =>
        {
            lock (both)
                most = Math.Max(most, ++running);
            both.SignalAndWait(CancellationToken.None);
            lock (both)
                running--;
            return Task.FromResult(CheckOutcome.Refused("met"));
        });
        // Each needs another one beside it to go on: one after the other they would never end.
        await Run(FakeCheck.Plan([.. Enumerable.Range(0, 6).Select(i => ("a", $"c{i}", (ICheck)Meets(), Nothing))]), o => o with { Jobs = 2 });

        most.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_in_which_nothing_was_judged_is_refused()
    {
        var gates = await Run(FakeCheck.Plan(("a", "x", FakeCheck.Passes(), Nothing)), o => o with { Skip = ["a"] });

        gates[0].Verdict.ShouldBe(Verdict.Skipped);
        RunPolicy.Judge(gates).ShouldBe((Verdict.Refused, "nothing was judged"));
    }

    [Fact]
    public async Task Findings_are_sorted_and_keep_their_fingerprint_when_lines_move()
    {
        var before = await Run(FakeCheck.Plan(("a", "x", FakeCheck.Finds((Severity.Error, "b", 1), (Severity.Error, "a", 9), (Severity.Error, "a", 2)), Nothing)));
        var after = await Run(FakeCheck.Plan(("a", "x", FakeCheck.Finds((Severity.Error, "b", 5), (Severity.Error, "a", 10), (Severity.Error, "a", 3)), Nothing)));

        before[0].Findings.Select(f => (f.Path, f.Span.Line)).ShouldBe([("a", 2), ("a", 9), ("b", 1)]);
        before[0].Findings.Select(f => f.Fingerprint).ShouldBe(after[0].Findings.Select(f => f.Fingerprint));
        before[0].Findings.Select(f => f.Fingerprint).Distinct().Count().ShouldBe(3);
    }

    private static async Task<ImmutableArray<GateReport>> Run(Plan plan, Func<RunOptions, RunOptions>? change = null, TimeProvider? time = null, RunStop? stop = null)
    {
        using var ours = new RunStop();
        var workspace = Workspace.Open(new MemorySource(("a.txt", "a\n")), CancellationToken.None);
        var options = new RunOptions { Jobs = 4 };
        var context = new CheckContext { Workspace = workspace, Inputs = Selection.Empty, Time = time ?? TimeProvider.System };
        using var runner = new Runner(plan, workspace, change?.Invoke(options) ?? options, context, new NoObserver(), stop ?? ours);
        return await runner.RunAsync();
    }

    private sealed class NoObserver : IRunObserver
    {
        public void CheckStarted(string gate, string check)
        {
        }

        public void CheckFinished(string gate, CheckReport check)
        {
        }

        public void GateFinished(GateReport gate)
        {
        }
    }
}
