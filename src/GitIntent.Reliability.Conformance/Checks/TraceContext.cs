using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Which run the code at hand works for, and what is stamped with it.</summary>
internal static partial class TraceContext
{
    public static ConformanceCheck Check { get; } = new("trace-context", "Trace context",
    [
        new("context-begins", "A context shows its run, tenant and step until it ends; outside there is none.", Begins),
        new("context-nests", "A context within another inherits what it does not say itself; when it ends, the outer one is back.", Nests),
        new("step-of-its-run", "A context of another run does not inherit the step.", StepOfItsRun),
        new("context-ends", "A context that ends twice or out of turn leaves nothing behind.", Ends),
        new("context-flows", "The context flows into what is awaited, and into tasks and threads that are started in it.", Flows),
        new("context-stays-inside", "A context that begins in what is awaited or started is not seen outside of it.", StaysInside),
        new("runs-not-mixed", "Runs that work at the same time, in tasks and in threads, each see their own context and never another's.", RunsNotMixed),
        new("lines-stamped", "Every log line carries the run, tenant and step of the context; outside of one, none.", LinesStamped),
        new("lines-not-mixed", "Lines of runs that work at the same time each carry their own run.", LinesNotMixed),
        new("metrics-stamped", "Every metric carries the run of the context, so that the values of two runs are two series.", MetricsStamped),
        new("spans-w3c", "A span has W3C ids: a trace id of 32 and a span id of 16 lower-case hex digits, not all zero, each span its own.", SpansW3C),
        new("spans-nest", "A span within another has its trace and names it as its parent; when it ends, the outer one is current again.", SpansNest),
        new("spans-stamped", "Every span carries the run, tenant and step of the context.", SpansStamped),
        new("lines-name-their-span", "A trace or span id on a line is that of the span in which it was logged.", LinesNameTheirSpan),
        new("operations-are-spans-of-their-outcome", "A span that a timed operation starts is stamped, ends with it, and says that it failed only when it did.", OperationSpans),
    ]);

    private static RunIdentity? Now(Scene s, string who = "caller")
    {
        var now = s.Contexts.Current;
        s.History.Note(who, "look at the context", Show.Identity(now));
        return now is { RunId: null, TenantId: null, StepId: null } ? null : now;
    }

    private static void Sees(Scene s, RunIdentity? expected, string where, string who = "caller") =>
        s.Holds(Now(s, who) is var now && now == expected, $"The context {where}: expected {Show.Identity(expected)}, found {Show.Identity(now)}.");

    private static IDisposable Begin(Scene s, string? run = null, string? tenant = null, string? step = null, string who = "caller")
    {
        var scope = s.Contexts.Begin(run, tenant, step);
        s.History.Note(who, $"begin {Show.Identity(new RunIdentity(run, tenant, step))}", "begun");
        return scope;
    }

    private static void End(Scene s, IDisposable scope, string what, string who = "caller")
    {
        scope.Dispose();
        s.History.Note(who, $"end {what}", "ended");
    }

    private static Task Begins(Scene s)
    {
        Sees(s, null, "before any began");
        var scope = Begin(s, "run-1", "acme", "load");
        Sees(s, new("run-1", "acme", "load"), "after it began");
        End(s, scope, "run-1");
        Sees(s, null, "after it ended");
        End(s, Begin(s, "run-2"), "run-2");
        Sees(s, null, "after another ended");
        return Task.CompletedTask;
    }

    private static Task Nests(Scene s)
    {
        var outer = Begin(s, "run-1", "acme");
        var step = Begin(s, step: "load");
        Sees(s, new("run-1", "acme", "load"), "of a step within a run");
        var other = Begin(s, tenant: "zoo", step: "save");
        Sees(s, new("run-1", "zoo", "save"), "of another tenant and step within it");
        End(s, other, "save");
        Sees(s, new("run-1", "acme", "load"), "after the inner step ended");
        var named = Begin(s, "run-1", "zoo");
        Sees(s, new("run-1", "zoo", "load"), "of another tenant within it, which names the run again");
        End(s, named, "run-1 of zoo");
        var tenant = Begin(s, tenant: "zoo");
        Sees(s, new("run-1", "zoo", "load"), "of another tenant within it, which names no run");
        End(s, tenant, "zoo");
        End(s, step, "load");
        Sees(s, new("run-1", "acme"), "after the step ended");
        var second = Begin(s, step: "save");
        Sees(s, new("run-1", "acme", "save"), "of the run's second step");
        End(s, second, "save");
        End(s, outer, "run-1");
        Sees(s, null, "after all ended");
        return Task.CompletedTask;
    }

    private static Task StepOfItsRun(Scene s)
    {
        using (Begin(s, "run-1", "acme", "load"))
        {
            using (Begin(s, "run-2"))
                Sees(s, new("run-2", "acme"), "of another run within a step");
            Sees(s, new("run-1", "acme", "load"), "after the other run ended");
        }

        return Task.CompletedTask;
    }

    private static Task Ends(Scene s)
    {
        var outer = Begin(s, "run-1");
        var inner = Begin(s, step: "load");
        End(s, inner, "load");
        End(s, inner, "load");
        Sees(s, new("run-1"), "after its step ended twice");
        End(s, outer, "run-1");
        End(s, inner, "load");
        Sees(s, null, "after it ended, and its step once more");
        (outer, inner) = (Begin(s, "run-2"), Begin(s, step: "save"));
        End(s, outer, "run-2");
        End(s, inner, "save");
        Sees(s, null, "after it ended before its step did");
        return Task.CompletedTask;
    }

    private static async Task Flows(Scene s)
    {
        RunIdentity expected = new("run-1", "acme", "load");
        using (Begin(s, "run-1", "acme", "load"))
        {
            await Task.Yield();
            Sees(s, expected, "after an await");
            await Task.Run(() => Sees(s, expected, "in a task", "task"), s.Stop);
            var thread = new Seen();
            Seen.Run(() => thread.Identity = Now(s, "thread"), s.Limit);
            s.Same(thread.Identity, expected, "The context in a thread");
            await Awaited(s, expected);
        }
    }

    private static async Task Awaited(Scene s, RunIdentity expected)
    {
        Sees(s, expected, "in what is awaited");
        await Task.Run(static () => { }, s.Stop).ConfigureAwait(false);
        Sees(s, expected, "in what is awaited, on another thread");
    }

    private static async Task StaysInside(Scene s)
    {
        using (Begin(s, "run-1"))
        {
            await Leaves(s, later: false);
            Sees(s, new("run-1"), "after what was awaited had begun another and not ended it");
            await Leaves(s, later: true);
            Sees(s, new("run-1"), "after what was awaited had begun another later, and not ended it");
            await Task.Run(() => Begin(s, step: "left-behind", who: "task"), s.Stop);
            Sees(s, new("run-1"), "after a task had begun another and not ended it");
            Seen.Run(() => Begin(s, step: "left-behind", who: "thread"), s.Limit);
            Sees(s, new("run-1"), "after a thread had begun another and not ended it");
        }
    }

    private static async Task Leaves(Scene s, bool later)
    {
        if (later)
            await Task.Yield();
        _ = Begin(s, step: "left-behind", who: "callee");
        await Task.Yield();
    }

    private static async Task RunsNotMixed(Scene s)
    {
        using (Begin(s, "outer", "acme"))
        {
            var (begun, looked) = (new Gathering(3), new Gathering(3));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
            {
                var who = $"task {i}";
                using (Begin(s, $"run-{i}", step: $"s{i}", who: who))
                {
                    await begun.ArriveAsync();
                    Sees(s, new($"run-{i}", "acme", $"s{i}"), $"of {who}, while the others work", who);
                    using (Begin(s, step: $"t{i}", who: who))
                    {
                        await looked.ArriveAsync();
                        Sees(s, new($"run-{i}", "acme", $"t{i}"), $"of the second step of {who}", who);
                    }

                    Sees(s, new($"run-{i}", "acme", $"s{i}"), $"of {who}, after its second step", who);
                }
            }));
            Sees(s, new("outer", "acme"), "after all tasks");
        }

        var wrong = await Linearizability.Threads.RunAsync(2, (caller, meet) =>
        {
            using (s.Contexts.Begin($"run-{caller}"))
            {
                meet();
                var now = s.Contexts.Current;
                meet();
                return now?.RunId == $"run-{caller}" ? null : Show.Identity(now);
            }
        }, s.Limit);
        for (var caller = 0; caller < 2; caller++)
            s.Holds(wrong[caller] is null, $"A thread that works for run-{caller} saw: {wrong[caller]}.");
    }

    /// <summary>All wait for the last to come, and go on together.</summary>
    private sealed class Gathering(int count)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = count;

        public Task ArriveAsync()
        {
            if (Interlocked.Decrement(ref _missing) == 0)
                _all.SetResult();
            return _all.Task;
        }
    }

    private sealed class Seen
    {
        public RunIdentity? Identity { get; set; }

        public static void Run(Action body, TimeSpan limit)
        {
            Exception? error = null;
            var thread = new Thread(() =>
            {
                try
                {
                    body();
                }
#pragma warning disable CA1031 // Do not catch general exception types: it is thrown again where somebody catches it.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    error = e;
                }
            })
            { IsBackground = true };
            thread.Start();
            if (!thread.Join(limit))
                throw new BrokenPromiseException("A thread did not come to an end.");
            if (error is not null)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
    }
}
