using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>The promises about the times of operations, where the store's own clock decides.</summary>
internal static class OwnClockRecords
{
    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("run-1", "step-1", "charge");
    private static readonly Exception s_permanent = new PolicyDeniedException("not on Fridays", "FRIDAY", "deploy");

    public static async Task TimesOut(Scene s)
    {
        var (_, old) = await ExpiredAsync(s, s_key);
        var next = await (await s.RecordsAsync("B", "2")).StartAsync(s_key);
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} of the second executor is not greater than {old.Fence}.");
    }

    public static async Task Stale(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, s_key);
        await NothingAsync("whose time is over");
        var b = await s.RecordsAsync("B", "2");
        var next = await b.StartAsync(s_key);
        await NothingAsync("that was taken over");
        s.Holds(await b.CompleteAsync(next, "2"), "B could not complete.");

        async Task NothingAsync(string which)
        {
            s.Holds(!await a.CompleteAsync(old, "1"), $"An executor {which} completed.");
            s.Holds(!await a.FailAsync(old, s_permanent), $"An executor {which} failed the operation.");
            s.Holds(!await a.RenewAsync(old, 60), $"An executor {which} renewed.");
            s.Holds(!await a.DeleteAsync(old), $"An executor {which} deleted.");
        }
    }

    public static async Task Renewed(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.RecordsAsync("A"));
        var (mine, began) = await clock.TimedAsync(() => a.StartAsync(s_key));
        var (renewed, at) = await clock.TimedAsync(() => a.RenewAsync(mine, 90));
        s.Holds(renewed, "The executor could not renew.");
        var record = await a.GetAsync(s_key);
        clock.EndsAfter(record!.CreatedAt, record.ExpiresAt, TimeSpan.FromSeconds(90), began, at, "The end of the renewed time");
        s.Holds(await a.RenewAsync(mine, 5), "The executor could not renew by less than it has.");
        s.Same(await a.GetAsync(s_key), record, "The record after it was renewed by less");
    }

    public static async Task ResultExpires(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.RecordsAsync("A"));
        foreach (var fails in new[] { false, true })
        {
            var key = IdempotencyKey.Create("run-1", "step-1", fails ? "fails" : "completes");
            var mine = await a.StartAsync(key);
            var (kept, at) = await clock.TimedAsync(() => fails ? a.FailAsync(mine, s_permanent, OwnClock.Short) : a.CompleteAsync(mine, "1", OwnClock.Short));
            s.Holds(kept, "The outcome was not recorded.");
            await clock.EndsAsync(async () => await a.Store.GetAsync(key, s.Stop) is not null, at, OwnClock.Short, "The outcome");
            await a.StartAsync(key);
        }
    }

    public static async Task ExpiredInput(Scene s)
    {
        var (one, two) = (IdempotencyKey.Create("run-1", "step-1", "charge", Runs.Json("1")), IdempotencyKey.Create("run-1", "step-1", "charge", Runs.Json("2")));
        var (a, _) = await ExpiredAsync(s, one);
        await a.StartAsync(two);
        s.Same((await a.GetAsync(two))?.InputHash, two.InputHash, "The hash of the input that the operation was begun with after its time was over");
    }

    public static async Task CleanedUp(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var other = await a.StartAsync(IdempotencyKey.Create("run-2", "step-1", "charge"));
        await ExpiredAsync(s, s_key);
        // A store whose clock is its own may have removed it by itself.
        s.Holds(await a.CleanupAsync() is 0 or 1, "More records were removed than had expired.");
        s.Same((await a.GetAsync(other.Key))?.Fence, other.Fence, "The fence of a record that counts");
        s.Holds(await a.CompleteAsync(other, "1"), "An executor could not complete after a clean-up.");
    }

    public static async Task WaitTakesOver(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var dead = await a.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(0.3) });
        var waiting = b.RunAsync(s_key, static (_, _) => Task.FromResult(2), new IdempotencyOptions { WhenInFlight = InFlight.Wait });
        s.Holds(await s.SoonAsync(waiting), "B still waits although A's time is over.");
        s.Same(await waiting, 2, "The result of who took over");
        s.Holds(!await a.CompleteAsync(dead, "1"), "The executor that was taken over completed.");
    }

    /// <summary>What is judged is that it comes at all before the time in progress would be over.</summary>
    public static async Task WaitForOutcome(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var mine = await a.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromHours(1) });
        var waiting = b.RunAsync(s_key, static (_, _) => Task.FromResult(2), new IdempotencyOptions { WhenInFlight = InFlight.Wait });
        s.Holds(await a.CompleteAsync(mine, "1"), "The executor could not complete.");
        s.Holds(await s.SoonAsync(waiting), "B still waits for an outcome that was recorded.");
        s.Same(await waiting, 1, "The result of who waited");
    }

    /// <summary>A begins it, and its time is over by the time that this returns.</summary>
    private static async Task<(RecordActor Caller, IdempotencyExecution Old)> ExpiredAsync(Scene s, IdempotencyKey key)
    {
        var (clock, a) = (new OwnClock(s), await s.RecordsAsync("A"));
        var (old, at) = await clock.TimedAsync(() => a.StartAsync(key, new IdempotencyOptions { InProgressTimeout = OwnClock.Short }));
        await clock.EndsAsync(async () => await a.Store.GetAsync(key, s.Stop) is not null, at, OwnClock.Short, "A's time in progress");
        return (a, old);
    }
}
