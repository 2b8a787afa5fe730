using GitIntent.Reliability.Conformance.Linearizability;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>Operations that are run by the store, and those who wait for them.</content>
internal static partial class IdempotencyLifecycle
{
    private const int MostPlaces = 8;

    private static Task<int> RunAsync(Scene s, RecordActor actor, Func<IdempotencyExecution, CancellationToken, Task<int>> body, IdempotencyOptions? options = null) =>
        actor.RunAsync(s_key, body, options);

    private static async Task<IdempotencyConflictException> ConflictAsync(Scene s, Func<Task> call, IdempotencyConflict why, string what)
    {
        try
        {
            await call();
        }
        catch (IdempotencyConflictException e)
        {
            s.Same((e.Conflict, e.Definition.ExitCode, e.Retryable), (why, 24, false), $"{what}: kind of conflict, exit code and retryability");
            return e;
        }

        s.Holds(false, $"{what}: nothing was thrown, and a conflict is expected.");
        return null!;
    }

    private static async Task ConflictInFlight(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var mine = await a.StartAsync(s_key);
        var ran = false;
        await ConflictAsync(s, () => RunAsync(s, b, (_, _) =>
        {
            ran = true;
            return Task.FromResult(2);
        }), IdempotencyConflict.InFlight, "A repetition while the operation is under way");
        s.Holds(!ran, "The operation ran while it was under way elsewhere.");
        s.Holds(await a.CompleteAsync(mine, "1"), "A could not complete after B was refused.");
        s.Same(await RunAsync(s, b, (_, _) => Task.FromResult(2)), 1, "The result of the repetition");
    }

    private static async Task WaitForOutcome(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b, c) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"), await s.RecordsAsync("C", "2"));
        var mine = await a.StartAsync(s_key);
        var ran = false;
        Task<int> Waits(RecordActor actor) => RunAsync(s, actor, (_, _) =>
        {
            ran = true;
            return Task.FromResult(2);
        }, new IdempotencyOptions { WhenInFlight = InFlight.Wait });
        var waiting = new[] { await s.ParkedAsync(() => Waits(b)), await s.ParkedAsync(() => Waits(c)) };
        s.Holds(waiting.All(static w => !w.IsCompleted), "Who was to wait for the outcome did not.");
        s.Holds(await a.CompleteAsync(mine, "1"), "The executor could not complete.");
        s.Advance(TimeSpan.FromMilliseconds(100));
        foreach (var waiter in waiting)
        {
            s.Holds(await s.SoonAsync(waiter), "A caller still waits for an outcome that was recorded a retry interval ago.");
            s.Same(await waiter, 1, "The result of who waited");
        }

        s.Holds(!ran, "The operation ran again.");
        var refund = IdempotencyKey.Create("run-1", "step-1", "refund");
        var failing = await a.StartAsync(refund);
        var failed = await s.ParkedAsync(() => b.RunAsync(refund, (_, _) => Task.FromResult(2), new IdempotencyOptions { WhenInFlight = InFlight.Wait }));
        s.Holds(await a.FailAsync(failing, s_permanent), "The executor could not record a failure.");
        s.Advance(TimeSpan.FromMilliseconds(100));
        s.Holds(await s.SoonAsync(failed), "A caller still waits for a failure that was recorded a retry interval ago.");
        s.Holds(failed.Exception?.InnerException is PolicyDeniedException { PolicyReasonCode: "FRIDAY" }, "The failure did not reach who waited for the outcome.");
    }

    /// <summary>The waiter is not let come to rest: what it listens to has to be in place before it asks.</summary>
    /// <summary>The outcome comes at one place of the wait after the other, where its awaits can be held back; else wherever the waiter is.</summary>
    private static async Task NoOutcomeMissed(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var hasPlace = true;
        for (var place = 0; hasPlace ? place < MostPlaces : place < 3; place++)
        {
            var key = IdempotencyKey.Create("run-1", "step-1", $"charge {place}");
            var mine = await a.StartAsync(key);
            var turns = new Turns();
            var waiting = turns.Begin(() => b.RunAsync(key, static (_, _) => Task.FromResult(2), new IdempotencyOptions { WhenInFlight = InFlight.Wait }));
            hasPlace = turns.Step(place);
            s.Holds(await turns.MeanwhileAsync(() => a.CompleteAsync(mine, "1")), "The executor could not complete.");
            s.Holds(await s.WakesWithinSecondsAsync(waiting), "B still waits for an outcome that was recorded seconds ago.");
            s.Same(await waiting, 1, "The result of who waited");
        }
    }

    private static async Task DeletedToWaiter(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var (ran, options) = (0, new IdempotencyOptions { WhenInFlight = InFlight.Wait });
        foreach (var forced in new[] { false, true })
        {
            var key = IdempotencyKey.Create("run-1", "step-1", forced ? "by an operator" : "by its executor");
            var mine = await a.StartAsync(key);
            var waiting = await s.ParkedAsync(() => b.RunAsync(key, (_, _) => Task.FromResult(++ran), options));
            s.Holds(forced ? await a.ForceDeleteAsync(key) : await a.DeleteAsync(mine), "The record could not be deleted.");
            s.Holds(await s.WakesWithinSecondsAsync(waiting), "B still waits for the outcome of an operation whose record was deleted seconds ago.");
            s.Same(await waiting, ran, "The result of who waited");
        }
    }

    private static async Task WaitDeadline(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        await a.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromHours(1) });
        var timeout = TimeSpan.FromMilliseconds(50_020);
        var options = new IdempotencyOptions { WhenInFlight = InFlight.Wait, WaitTimeout = timeout, RetryInterval = TimeSpan.FromSeconds(20) };
        var waiting = await s.ParkedAsync(() => RunAsync(s, b, static (_, _) => Task.FromResult(2), options), 45);
        s.Advance(timeout - s_last);
        await s.SettleAsync();
        s.Holds(!waiting.IsCompleted, "B gave up before its deadline.");
        s.Advance(s_last);
        s.Holds(await s.WakesAsync(waiting), "B still waits at its deadline.");
        await ConflictAsync(s, () => waiting, IdempotencyConflict.InFlight, "A wait for the outcome that was in vain");
    }

    private static async Task WaitTakesOver(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var dead = await a.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(10));
        var waiting = await s.ParkedAsync(() => RunAsync(s, b, static (_, _) => Task.FromResult(2), new IdempotencyOptions { WhenInFlight = InFlight.Wait }));
        s.Advance(TimeSpan.FromSeconds(50) - s_last);
        await s.SettleAsync();
        s.Holds(!waiting.IsCompleted, "B took over before A's time was over.");
        s.Advance(s_last);
        s.Holds(await s.WakesAsync(waiting), "B still waits although A's time is over.");
        s.Same(await waiting, 2, "The result of who took over");
        s.Holds(!await a.CompleteAsync(dead, "1"), "The executor that was taken over completed.");
    }

    private static async Task RenewedWhileRunning(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var options = new IdempotencyOptions { RenewCap = TimeSpan.FromSeconds(150) };
        await ConflictAsync(s, () => RunAsync(s, a, async (execution, token) =>
        {
            for (var renewal = 0; renewal < 7; renewal++)
                await s.AdvanceToSleepAsync(TimeSpan.FromSeconds(20), 1);
            s.Same((await b.InTheWayAsync(s_key, "which A has renewed for 140 s")).Fence, execution.Fence, "The fence of the record in the way");
            s.Holds(!token.IsCancellationRequested, "The token of the operation is cancelled although its time was renewed.");
            s.Advance(TimeSpan.FromSeconds(100));
            await s.SettleAsync();
            await b.StartAsync(s_key);
            return 1;
        }, options), IdempotencyConflict.Superseded, "An operation that ran beyond the cap of its renewal");
    }

    private static async Task LostExecution(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var conflict = await ConflictAsync(s, () => RunAsync(s, a, async (_, token) =>
        {
            s.Advance(TimeSpan.FromSeconds(60));
            s.Holds(await s.FiresAsync(token), "The token of the operation is not cancelled when its time is over.");
            await b.CompleteAsync(await b.StartAsync(s_key), "2");
            return 1;
        }, new IdempotencyOptions { RenewCap = null }), IdempotencyConflict.Superseded, "An operation that was taken over");
        s.Same(conflict.Result, 1, "The result of the operation that was taken over");
        s.Same((await b.GetAsync(s_key))?.ResultJson, "2", "The result that is kept");
    }

    /// <summary>A store that cannot read its clock cannot record; one that needs no clock for that records, which is as good.</summary>
    private static async Task StoreErrorNoFailure(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        object? result;
        try
        {
            result = await RunAsync(s, a, (_, _) =>
            {
                s.Clock.Broken = true;
                return Task.FromResult(1);
            });
        }
        catch (ResultUnrecordedException e)
        {
            result = e.Result;
        }

        s.Clock.Broken = false;
        s.Same(result, 1, "The result that reached the caller");
        s.Holds((await b.GetAsync(s_key))?.Status != IdempotencyStatus.Failed, "The operation that succeeded is recorded as failed.");
    }
}
