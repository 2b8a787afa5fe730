using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>How long records count, who sees them, and who ends them.</summary>
internal static partial class IdempotencyLifecycle
{
    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("run-1", "step-1", "charge");
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);
    private static readonly Exception s_permanent = new PolicyDeniedException("not on Fridays", "FRIDAY", "deploy");
    private static readonly Exception s_transient = new RetryableException("slow", ErrorCode.Timeout);

    public static ConformanceCheck Check { get; } = new("idempotency-lifecycle", "Idempotency lifecycle",
    [
        new("progress-times-out", "An operation may be under way for its time in progress, to the last millisecond; then another may take over, with a greater fence.", TimesOut) { OwnClockScenario = OwnClockRecords.TimesOut },
        new("stale-executor-refused", "An executor whose time is over, or that was taken over, can neither complete, fail, renew nor delete.", Stale) { OwnClockScenario = OwnClockRecords.Stale },
        new("renewed", "Renewing gives the executor the asked time from now, and never less than it had.", Renewed) { OwnClockScenario = OwnClockRecords.Renewed },
        new("result-expires", "An outcome is kept as long as was asked for, to the last millisecond, and then the operation may run again.", ResultExpires) { OwnClockScenario = OwnClockRecords.ResultExpires },
        new("deleted", "A record that its executor or an operator deletes is gone, and only once; the executor's outcome is refused then.", Deleted),
        new("listed", "A run's list has its records that count, by step and operation in ordinal order, each as it can be looked up, and no other run's.", Listed),
        new("listed-complete", "However many operations a run has, its list has all of them, and each counts.", ListedComplete),
        new("deleted-to-waiter", "A record that is deleted reaches who waits for its outcome: it runs the operation then, at the latest after its retry interval.", DeletedToWaiter),
        new("cleaned-up", "Cleaning up removes what has expired, says how much, and touches nothing that counts.", CleanedUp) { OwnClockScenario = OwnClockRecords.CleanedUp },
        new("taken-over", "After the time in progress another executor takes over: with a time of its own, and the outcome that is kept is its own.", TakenOver) { OwnClockScenario = OwnClockRecords.Stale },
        new("begun-anew", "Who begins again when its time in progress is over, be it with the same token, begins a new execution: with a time and a fence of its own.", BegunAnew),
        new("agree-on-expiry", "Look-up, list and clean-up agree on what has expired, to the last millisecond: pending, completed and failed alike.", AgreeOnExpiry),
        new("check-tells", "What is known of an operation before it is begun: skip what completed or failed for good, with the outcome; not what is under way, failed for now, or expired.", CheckTells),
        new("values-are-copies", "What is handed in or out is a copy: changing it afterwards changes nothing that is kept.", ValuesAreCopies),
        new("result-of-any-shape", "A result is kept as it is, however long, deep or odd its text; null is a result.", AnyShape),
        new("conflict-in-flight", "Who repeats an operation that is under way, and does not want to wait, gets a conflict at once: exit code 24, and the operation does not run.", ConflictInFlight),
        new("wait-for-outcome", "Who waits for the outcome of an operation that is under way gets it when it is recorded, a failure too, and does not run it.", WaitForOutcome) { OwnClockScenario = OwnClockRecords.WaitForOutcome },
        new("no-outcome-missed", "An outcome right behind an attempt in vain is not missed: who waits for it gets it, at the latest after its retry interval.", NoOutcomeMissed),
        new("wait-for-outcome-deadline", "Who waits for an outcome gives up at its deadline with a conflict, neither before nor after.", WaitDeadline),
        new("wait-takes-over", "Who waits for an outcome takes over when the time in progress is over, and not before.", WaitTakesOver) { OwnClockScenario = OwnClockRecords.WaitTakesOver },
        new("renewed-while-running", "While an operation runs its time in progress is renewed, up to its cap and not beyond.", RenewedWhileRunning),
        new("lost-execution-told", "When the time in progress is over while the operation runs, its token is cancelled, and the caller is told that it was superseded, with the result.", LostExecution),
        new("store-error-no-failure", "A store that fails after the operation succeeded does not make the operation a failed one: the result reaches the caller, and no failure is recorded.", StoreErrorNoFailure),
    ]);

    private static async Task TimesOut(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var old = await a.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(60) - s_last);
        await b.InTheWayAsync(s_key, "whose time in progress has a millisecond to go");
        s.Advance(s_last);
        s.Same(await b.GetAsync(s_key), null, "The record when its time in progress is over");
        var next = await b.StartAsync(s_key);
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} of the second executor is not greater than {old.Fence}.");
    }

    private static async Task Stale(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var old = await a.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(60));
        await NothingAsync("whose time is over");
        s.Same(await b.GetAsync(s_key), null, "The record whose time is over");
        var next = await b.StartAsync(s_key);
        var before = await b.GetAsync(s_key);
        await NothingAsync("that was taken over");
        s.Same(await b.GetAsync(s_key), before, "B's record");
        s.Holds(await b.CompleteAsync(next, "2"), "B could not complete.");
        s.Holds(!await a.CompleteAsync(old, "2"), "An executor that was taken over recorded what the other did.");

        async Task NothingAsync(string which)
        {
            s.Holds(!await a.CompleteAsync(old, "1"), $"An executor {which} completed.");
            s.Holds(!await a.FailAsync(old, s_transient), $"An executor {which} failed the operation.");
            s.Holds(!await a.RenewAsync(old, 60), $"An executor {which} renewed.");
            s.Holds(!await a.DeleteAsync(old), $"An executor {which} deleted.");
        }
    }

    private static async Task Renewed(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(30));
        s.Holds(await a.RenewAsync(mine, 60), "The executor could not renew.");
        s.Same((await b.GetAsync(s_key))?.ExpiresAt, s.Now + TimeSpan.FromSeconds(60), "The end of the renewed time");
        s.Holds(await a.RenewAsync(mine, 5), "The executor could not renew by less than it has.");
        s.Same((await b.GetAsync(s_key))?.ExpiresAt, s.Now + TimeSpan.FromSeconds(60), "The end of the time after it was renewed by less");
        s.Advance(TimeSpan.FromSeconds(60) - s_last);
        await b.InTheWayAsync(s_key, "whose renewed time has a millisecond to go");
        s.Advance(s_last);
        s.Holds(!await a.RenewAsync(mine, 60), "The executor renewed when its time was over.");
        await b.StartAsync(s_key);
    }
}
