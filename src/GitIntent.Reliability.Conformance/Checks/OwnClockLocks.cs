using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>The promises about leases, where the store's own clock decides.</summary>
internal static class OwnClockLocks
{
    private const string Run = "run-1";

    public static async Task HeldUntil(Scene s)
    {
        var (clock, a, b) = (new OwnClock(s), await s.LocksAsync("A"), await s.LocksAsync("B"));
        var (held, at) = await clock.TimedAsync(() => a.HoldAsync(Run, 0.3));
        await clock.EndsAsync(async () => !(await b.Manager.TryAcquireAsync(Run, null, s.Stop)).Acquired, at, held.Lock.ExpiresAt - held.Lock.AcquiredAt, "A's lock, which B tries to acquire,");
    }

    public static async Task FreeAt(Scene s)
    {
        var (clock, b) = (new OwnClock(s), await s.LocksAsync("B"));
        await ExpiredAsync(s, clock, "A");
        s.Same((await b.ListAsync()).Count, 0, "How many locks are listed at its end");
        await b.HoldAsync(Run);
    }

    public static async Task Exact(Scene s)
    {
        var clock = new OwnClock(s);
        foreach (var milliseconds in new[] { 40, 120, 300 })
            await ExpiredAsync(s, clock, "A", milliseconds);
    }

    public static async Task ExpiredRelease(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, new OwnClock(s), "A");
        s.Holds(!await a.ReleaseAsync(Run, old.OwnerToken), "The release of an expired lock returned true.");
    }

    public static async Task NeverRevived(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, new OwnClock(s), "A");
        s.Holds(!await a.ExtendAsync(Run, old.OwnerToken, 60), "An expired lock was extended.");
        s.Same(await a.GetAsync(Run), null, "The expired lock");
        await (await s.LocksAsync("B")).HoldAsync(Run);
    }

    public static async Task Superseded(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, new OwnClock(s), "A");
        var b = await s.LocksAsync("B", "2");
        var next = await b.HoldAsync(Run);
        s.Holds(!await a.ExtendAsync(Run, old.OwnerToken, 120), "A extended the lock that B took after A's lease.");
        s.Holds(!await a.ReleaseAsync(Run, old.OwnerToken), "A released the lock that B took after A's lease.");
        s.Same(await b.GetAsync(Run), next.Lock, "B's lock");
    }

    public static async Task TakenOverAnew(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, new OwnClock(s), "A");
        var next = await (await s.LocksAsync("B", "2")).HoldAsync(Run);
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} after expiry is not greater than {old.Fence}.");
        s.Same(next.Lock.Reason, null, "The reason of the lock that was taken without one");
        s.Same(await a.GetAsync(Run), next.Lock, "The lock that B took after A's lease");
    }

    public static async Task Reacquired(Scene s)
    {
        var (a, old) = await ExpiredAsync(s, new OwnClock(s), "A");
        var again = await a.HoldAsync(Run, 60, null, old.OwnerToken);
        s.Holds(again.Fence > old.Fence, "The new lock has not a greater fence.");
        s.Lasts(again.ExpiresAt - again.Lock.AcquiredAt, TimeSpan.FromSeconds(60), "The new lease");
    }

    public static async Task ExpiredForce(Scene s)
    {
        var (a, _) = await ExpiredAsync(s, new OwnClock(s), "A");
        s.Holds(!await a.ForceAsync(Run), "The forced release of an expired lock returned true.");
    }

    public static async Task OneHeir(Scene s)
    {
        var (b, c) = (await s.LocksAsync("B"), await s.LocksAsync("C", "2"));
        for (var round = 0; round < 3; round++)
        {
            await ExpiredAsync(s, new OwnClock(s), "A");
            var attempts = await Task.WhenAll(b.TryAsync(Run), c.TryAsync(Run));
            s.Holds(attempts.Count(static x => x.Acquired) == 1, $"{attempts.Count(static x => x.Acquired)} of 2 callers got the expired lock.");
            await b.ForceAsync(Run);
        }
    }

    public static async Task OthersStay(Scene s)
    {
        var (clock, b) = (new OwnClock(s), await s.LocksAsync("B"));
        var other = await b.HoldAsync("long");
        await ExpiredAsync(s, clock, "A");
        s.Same(string.Join(" ", (await b.ListAsync()).Select(static l => l.RunId)), "long", "The runs whose locks are held");
        s.Same(await b.GetAsync("long"), other.Lock, "The lock of long");
    }

    public static async Task ExtendFromNow(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.LocksAsync("A"));
        var (held, began) = await clock.TimedAsync(() => a.HoldAsync(Run, 60, "deploy"));
        var (extended, at) = await clock.TimedAsync(() => a.ExtendAsync(Run, held.OwnerToken, 90));
        s.Holds(extended, "The owner's extend returned false.");
        var now = await a.GetAsync(Run);
        clock.EndsAfter(held.Lock.AcquiredAt, now?.ExpiresAt, TimeSpan.FromSeconds(90), began, at, "The end of the extended lock");
        s.Same(now! with { ExpiresAt = held.ExpiresAt }, held.Lock, "The extended lock, apart from its end");
    }

    public static async Task NeverShortens(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.LocksAsync("A"));
        var (held, began) = await clock.TimedAsync(() => a.HoldAsync(Run));
        s.Holds(await a.ExtendAsync(Run, held.OwnerToken, 10), "The owner's extend by less than what is left returned false.");
        s.Same(await a.GetAsync(Run), held.Lock, "The lock that was extended by less than what is left");
        var (shortened, at) = await clock.TimedAsync(() => a.ExtendAsync(Run, held.OwnerToken, 10, true));
        s.Holds(shortened, "The owner's extend that may shorten returned false.");
        clock.EndsAfter(held.Lock.AcquiredAt, (await a.GetAsync(Run))?.ExpiresAt, TimeSpan.FromSeconds(10), began, at, "The end of a lease that was to be shortened");
    }

    public static async Task ExtendedEnds(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.LocksAsync("A"));
        var held = await a.HoldAsync(Run);
        var (extended, at) = await clock.TimedAsync(() => a.ExtendAsync(Run, held.OwnerToken, OwnClock.Short.TotalSeconds, true));
        s.Holds(extended, "The owner's extend returned false.");
        await clock.EndsAsync(async () => await a.Manager.GetLockAsync(Run, s.Stop) is not null, at, OwnClock.Short, "The extended lock");
        await (await s.LocksAsync("B")).HoldAsync(Run);
    }

    public static async Task LostToken(Scene s)
    {
        var (clock, a) = (new OwnClock(s), await s.LocksAsync("A"));
        var held = await a.HoldAsync(Run, 0.3);
        s.Holds(await s.FiresAsync(held.LostToken), "The lost-lock token has not fired at the end of the lease.");
        s.Holds(held.IsLost, "The handle does not say that its lock is lost.");
        var (next, at) = await clock.TimedAsync(() => a.HoldAsync("run-2"));
        s.Holds(!next.LostToken.IsCancellationRequested || s.Time.GetElapsedTime(at.Sent) > TimeSpan.FromSeconds(50), "The lost-lock token fired long before the end of the lease.");
    }

    public static async Task WaitForExpiry(Scene s)
    {
        var (clock, a, b) = (new OwnClock(s), await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var (held, at) = await clock.TimedAsync(() => a.HoldAsync(Run, 0.3));
        var waiting = b.WaitAsync(Run);
        await clock.EndsAsync(() => new(!waiting.IsCompleted && s.Time.GetElapsedTime(at.Answered) < TimeSpan.FromSeconds(0.5)), at, TimeSpan.FromSeconds(0.3), "The wait for A's lock");
        s.Holds(await s.SoonAsync(waiting), "B still waits although the lease in the way has ended.");
        s.Holds((await waiting).Acquired && (await waiting).Handle!.Fence > held.Fence, "B did not get the lock at the end of A's lease, with a greater fence.");
    }

    /// <summary>What is judged is that it comes at all before the lease in the way would end.</summary>
    public static async Task Waiter(Scene s, Func<LockActor, RunLockHandle, Task<bool>> release)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var held = await a.HoldAsync(Run, 3600);
        var waiting = b.WaitAsync(Run);
        s.Holds(await release(a, held), "The release of a held lock returned false.");
        s.Holds(await s.SoonAsync(waiting), "B still waits for a lock that was released.");
        s.Holds((await waiting).Acquired, "B did not get the lock that was released.");
    }

    /// <summary>A takes the lock for a while, and has lost it by the time that this returns.</summary>
    private static async Task<(LockActor Caller, RunLockHandle Old)> ExpiredAsync(Scene s, OwnClock clock, string caller, int milliseconds = 100)
    {
        var a = await s.LocksAsync(caller);
        var time = TimeSpan.FromMilliseconds(milliseconds);
        var (held, at) = await clock.TimedAsync(() => a.HoldAsync(Run, time.TotalSeconds, "deploy"));
        s.Lasts(held.ExpiresAt - held.Lock.AcquiredAt, time, "The time from acquisition to expiry");
        await clock.EndsAsync(async () => await a.Manager.GetLockAsync(Run, s.Stop) is not null, at, time, "A's lock");
        return (a, held);
    }
}
