using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>When a lease ends, and what its holder can do then.</summary>
internal static class LockExpiration
{
    private const string Run = "run-1";
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);

    public static ConformanceCheck Check { get; } = new("lock-expiration", "Lock expiration",
    [
        new("held-until-expiry", "A lock is held while now is before the end of its lease, to the last millisecond.", HeldUntil) { OwnClockScenario = OwnClockLocks.HeldUntil },
        new("free-at-expiry", "At the end of its lease a lock is free: nobody is said to hold it, and anybody may take it.", FreeAt) { OwnClockScenario = OwnClockLocks.FreeAt },
        new("exact-lease", "A lease lasts what was asked for, from a millisecond to months.", Exact) { OwnClockScenario = OwnClockLocks.Exact },
        new("expired-owner-refused", "Release by an expired owner returns false.", ExpiredRelease) { OwnClockScenario = OwnClockLocks.ExpiredRelease },
        new("never-revived", "Extend never revives an expired lock, not even when nobody else has taken it.", NeverRevived) { OwnClockScenario = OwnClockLocks.NeverRevived },
        new("superseded-owner-refused", "An owner whose lock expired and was taken by another can neither release nor extend it.", Superseded) { OwnClockScenario = OwnClockLocks.Superseded },
        new("extend-from-now", "Extend lets the lock last the asked time from now; holder, fence and the time since when it is held stay.", ExtendFromNow) { OwnClockScenario = OwnClockLocks.ExtendFromNow },
        new("extend-never-shortens", "Extend never shortens a lock unless asked to.", NeverShortens) { OwnClockScenario = OwnClockLocks.NeverShortens },
        new("extended-lease-ends", "An extended lock ends when its new lease does.", ExtendedEnds) { OwnClockScenario = OwnClockLocks.ExtendedEnds },
        new("extended-handle-agrees", "After an extend the handle of the lock knows the end that its lease has.", HandleAgrees),
        new("taken-over-anew", "Who takes a lock that has expired has it as if nobody had had it before: nothing of the earlier record stays.", TakenOverAnew) { OwnClockScenario = OwnClockLocks.TakenOverAnew },
        new("lease-of-one-run", "The end of one run's lease ends no other's.", OthersStay) { OwnClockScenario = OwnClockLocks.OthersStay },
        new("lost-token-fires", "The holder's lost-lock token has fired when its lease ends, and not long before.", LostToken) { OwnClockScenario = OwnClockLocks.LostToken },
        new("reacquired-is-new", "Who takes an expired lock again, even with the same token, gets a new lease and a new fence.", Reacquired) { OwnClockScenario = OwnClockLocks.Reacquired },
    ]);

    private static async Task HeldUntil(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(60) - s_last);
        s.Same(await b.GetAsync(Run), handle.Lock, "The lock a millisecond before its end");
        s.Same((await b.ListAsync()).Count, 1, "How many locks are listed a millisecond before its end");
        await b.RefusedAsync(Run, "whose lease has a millisecond to go");
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "A could not release its lock a millisecond before its end.");
    }

    private static async Task FreeAt(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(60));
        s.Same(await b.GetAsync(Run), null, "The lock at its end");
        s.Same((await b.ListAsync()).Count, 0, "How many locks are listed at its end");
        var next = await b.HoldAsync(Run);
        s.Same(next.HolderId, b.HolderId, "The new holder");
    }

    private static async Task Exact(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        foreach (var ttl in new[] { s_last, TimeSpan.FromMilliseconds(1500), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(61), TimeSpan.FromDays(1), TimeSpan.FromDays(60) })
        {
            var handle = await a.HoldAsync(Run, ttl.TotalSeconds);
            s.Same(handle.ExpiresAt - s.Now, ttl, "The lease");
            if (ttl > s_last)
            {
                s.Advance(ttl - s_last);
                await b.RefusedAsync(Run, "whose lease has a millisecond to go");
            }

            s.Advance(s_last);
            s.Same(await b.GetAsync(Run), null, $"The lock after its lease of {Show.Time(ttl)}");
        }
    }

    private static async Task ExpiredRelease(Scene s)
    {
        var a = await s.LocksAsync("A");
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(60));
        s.Holds(!await a.ReleaseAsync(Run, handle.OwnerToken), "The release of an expired lock returned true.");
    }

    private static async Task NeverRevived(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(60));
        s.Holds(!await a.ExtendAsync(Run, handle.OwnerToken, 60), "An expired lock was extended.");
        s.Same(await b.GetAsync(Run), null, "The expired lock");
        await b.HoldAsync(Run);
    }

    private static async Task Superseded(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var old = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(61));
        var next = await b.HoldAsync(Run);
        s.Holds(!await a.ExtendAsync(Run, old.OwnerToken, 120), "A extended the lock that B took after A's lease.");
        s.Holds(!await a.ReleaseAsync(Run, old.OwnerToken), "A released the lock that B took after A's lease.");
        s.Same(await b.GetAsync(Run), next.Lock, "B's lock");
        s.Holds(await b.ReleaseAsync(Run, next.OwnerToken), "B could not release its lock.");
    }

    private static async Task ExtendFromNow(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run, 60, "deploy");
        var before = handle.Lock;
        s.Advance(TimeSpan.FromSeconds(30));
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, 60), "The owner's extend returned false.");
        s.Same(await b.GetAsync(Run), before with { ExpiresAt = s.Now + TimeSpan.FromSeconds(60) }, "The extended lock");
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, TimeSpan.FromDays(400).TotalSeconds), "The owner's extend to months returned false.");
        s.Same(await b.GetAsync(Run), before with { ExpiresAt = s.Now + TimeSpan.FromDays(400) }, "The lock that was extended to months");
    }

    private static async Task NeverShortens(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, 10), "The owner's extend by less than what is left returned false.");
        s.Same(await b.GetAsync(Run), handle.Lock, "The lock that was extended by less than what is left");
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, 10, true), "The owner's extend that may shorten returned false.");
        s.Same((await b.GetAsync(Run))?.ExpiresAt, s.Now + TimeSpan.FromSeconds(10), "The end of a lease that was to be shortened");
    }

    private static async Task ExtendedEnds(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(59));
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, 5), "The owner's extend returned false.");
        s.Advance(TimeSpan.FromSeconds(5) - s_last);
        await b.RefusedAsync(Run, "whose extended lease has a millisecond to go");
        s.Advance(s_last);
        await b.HoldAsync(Run);
    }

    private static async Task HandleAgrees(Scene s)
    {
        var a = await s.LocksAsync("A");
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(10));
        foreach (var (seconds, shorten, left) in new[] { (20d, false, 50d), (90d, false, 90d), (30d, true, 30d), (10d, false, 30d) })
        {
            s.Holds(await handle.ExtendAsync(TimeSpan.FromSeconds(seconds), shorten, s.Stop), "The owner's extend returned false.");
            s.History.Note("A", $"extend {Run} to {Show.Time(TimeSpan.FromSeconds(seconds))}{(shorten ? ", may shorten" : "")}, by its handle", "true");
            s.Same(handle.ExpiresAt, s.Now + TimeSpan.FromSeconds(left), "The end of the lease as the handle knows it");
            s.Same(await a.GetAsync(Run), handle.Lock, "The lock as the store keeps it, and as the handle knows it");
        }
    }

    private static async Task TakenOverAnew(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        await a.HoldAsync(Run, 10, "deploy");
        s.Advance(TimeSpan.FromSeconds(15));
        var next = await b.HoldAsync(Run, 30);
        s.Same(next.Lock.Reason, null, "The reason of the lock that was taken without one");
        s.Same(await a.GetAsync(Run), next.Lock, "The lock that B took after A's lease, as the store keeps it");
        s.Same((await a.ListAsync()).SingleOrDefault(), next.Lock, "The lock that B took after A's lease, in the list");
    }

    private static async Task OthersStay(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        await a.HoldAsync("short", 10);
        var handle = await a.HoldAsync("long", 60);
        s.Advance(TimeSpan.FromSeconds(10));
        s.Same(string.Join(" ", (await b.ListAsync()).Select(static l => l.RunId)), "long", "The runs whose locks are held");
        s.Same(await b.GetAsync("long"), handle.Lock, "The lock of long");
        await b.HoldAsync("short");
        s.Same(await b.GetAsync("long"), handle.Lock, "The lock of long after that of short was taken");
    }

    private static async Task LostToken(Scene s)
    {
        var a = await s.LocksAsync("A");
        var handle = await a.HoldAsync(Run);
        var lost = handle.LostToken;
        s.Advance(TimeSpan.FromSeconds(59));
        s.Holds(!lost.IsCancellationRequested, "The lost-lock token fired a second before the end of the lease.");
        s.Advance(TimeSpan.FromSeconds(1));
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lost.Register(fired.SetResult);
        s.Holds(await Task.WhenAny(fired.Task, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, s.Stop)) == fired.Task, "The lost-lock token has not fired at the end of the lease.");
        s.Holds(handle.IsLost, "The handle does not say that its lock is lost.");
    }

    private static async Task Reacquired(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var token = OwnerToken.Create();
        var first = await a.HoldAsync(Run, 60, null, token);
        s.Advance(TimeSpan.FromSeconds(60));
        var again = await a.HoldAsync(Run, 60, null, token);
        s.Holds(again.Fence > first.Fence, "The new lock has not a greater fence.");
        s.Same(again.ExpiresAt, s.Now + TimeSpan.FromSeconds(60), "The end of the new lease");
        await b.RefusedAsync(Run, "which A holds again");
    }
}
