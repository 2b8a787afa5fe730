using GitIntent.Reliability.Conformance.Linearizability;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>Who waits, how long, and in which order.</content>
internal static partial class LockScopeAndWaiting
{
    private const int MostPlaces = 8;

    private static async Task WaitToDeadline(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        await a.HoldAsync(Run);
        var timeout = TimeSpan.FromMilliseconds(5020);
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run, timeout));
        s.Advance(timeout - s_last);
        await s.SettleAsync();
        s.Holds(!waiting.IsCompleted, "B gave up before its deadline.");
        s.Advance(s_last);
        s.Holds(await s.WakesAsync(waiting), "B still waits at its deadline.");
        var late = await waiting;
        s.Holds(!late.Acquired, "B got the lock, which A holds.");
        s.Same(late.ExistingHolderId, a.HolderId, "The holder");
        s.Holds(late.Waited >= timeout && late.Waited <= s.Clock.Elapsed, $"B says that it waited {Show.Time(late.Waited)}, and it waited {Show.Time(timeout)}.");
        s.Holds(late.Error?.Contains(a.HolderId, StringComparison.Ordinal) == true && late.Error.Contains(Run, StringComparison.Ordinal), "The error does not name run and holder.");
        s.Same((await a.GetAsync(Run))?.HolderId, a.HolderId, "The holder after B gave up");
    }

    private static async Task WaitCancelled(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b, c) = (await s.LocksAsync("A"), await s.LocksAsync("B"), await s.LocksAsync("C", "2"));
        var handle = await a.HoldAsync(Run);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(s.Stop);
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run, null, 60, stop.Token));
        await stop.CancelAsync();
        s.Holds(await s.SoonAsync(waiting), "B still waits although its wait was cancelled.");
        s.Holds(waiting.IsCanceled || waiting.Exception?.InnerException is OperationCanceledException, "The cancellation of the wait did not reach B.");
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "The owner's release returned false.");
        s.Advance(TimeSpan.FromSeconds(1));
        await s.SettleAsync();
        s.Same(await c.GetAsync(Run), null, "The lock after its release: B waits no longer");
        await c.HoldAsync(Run);
    }

    private static async Task WaitForExpiry(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(10));
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run));
        s.Advance(TimeSpan.FromSeconds(50) - s_last);
        await s.SettleAsync();
        s.Holds(!waiting.IsCompleted, "B got the lock before A's lease ended.");
        s.Advance(s_last);
        s.Holds(await s.WakesAsync(waiting), "B still waits although the lease in the way has ended.");
        var attempt = await waiting;
        s.Holds(attempt.Acquired && attempt.Handle.Fence > handle.Fence, "B did not get the lock at the end of A's lease, with a greater fence.");
        s.Holds(!await a.ReleaseAsync(Run, handle.OwnerToken), "A released the lock that B holds now.");
    }

    private static async Task WaitForExtended(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = await a.HoldAsync(Run);
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run));
        s.Advance(TimeSpan.FromSeconds(30));
        s.Holds(await a.ExtendAsync(Run, handle.OwnerToken, 60), "The owner's extend returned false.");
        // At the end of the lease that it knew of B asks again, and sleeps until the new one.
        await s.AdvanceToSleepAsync(TimeSpan.FromSeconds(30), 20);
        s.Holds(!waiting.IsCompleted, "B got the lock, which A has extended.");
        s.Advance(TimeSpan.FromSeconds(30));
        s.Holds(await s.WakesAsync(waiting), "B still waits although the extended lease has ended.");
        s.Holds((await waiting).Acquired, "B did not get the lock at the end of A's lease.");
    }

    private static async Task Waiter(Scene s, Func<LockActor, RunLockHandle, Task<bool>> release)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = await a.HoldAsync(Run);
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run));
        s.Holds(await release(a, handle), "The release of a held lock returned false.");
        s.Advance(TimeSpan.FromMilliseconds(100));
        s.Holds(await s.SoonAsync(waiting), "B still waits for a lock that was released a retry interval ago.");
        s.Holds((await waiting).Acquired, "B did not get the lock that was released.");
    }

    /// <summary>
    /// The waiter is not let come to rest: what it listens to has to be in place before it asks. The release comes at one place of its wait after the other,
    /// where its awaits can be held back; else wherever the waiter is.
    /// </summary>
    private static async Task NoReleaseMissed(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var hasPlace = true;
        for (var place = 0; hasPlace ? place < MostPlaces : place < 3; place++)
        {
            var handle = await a.HoldAsync(Run);
            var turns = new Turns();
            var waiting = turns.Begin(() => b.WaitAsync(Run));
            hasPlace = turns.Step(place);
            s.Holds(await turns.MeanwhileAsync(() => a.ReleaseAsync(Run, handle.OwnerToken)), "The owner's release returned false.");
            s.Holds(await s.WakesWithinSecondsAsync(waiting), "B still waits for a lock that was released seconds ago.");
            var attempt = await waiting;
            s.Holds(attempt.Acquired, "B did not get the lock that was released.");
            s.Holds(await b.ReleaseAsync(Run, attempt.Handle.OwnerToken), "The owner's release returned false.");
        }
    }

    private static async Task InTurn(Scene s)
    {
        s.NeedsVirtualTime();
        var actors = new List<LockActor>();
        for (var i = 0; i < 7; i++)
            actors.Add(await s.LocksAsync($"{(char)('A' + i)}"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(s.Stop);
        var holder = await actors[0].HoldAsync(Run);
        // B first; then C, which gives up by itself; D, which is cancelled; E, F and G.
        var waiting = new List<Task<LockAttempt>> { await s.ParkedAsync(() => actors[1].WaitAsync(Run)) };
        waiting.Add(actors[2].WaitAsync(Run, TimeSpan.FromSeconds(5)));
        waiting.Add(actors[3].WaitAsync(Run, null, 60, stop.Token));
        waiting.AddRange(actors.Skip(4).Select(static a => a.WaitAsync(Run)));
        await stop.CancelAsync();
        s.Holds(await s.SoonAsync(waiting[2]), "D still waits although its wait was cancelled.");
        s.Advance(TimeSpan.FromSeconds(5));
        s.Holds(await s.SoonAsync(waiting[1]), "C still waits at its deadline.");
        s.Holds(!(await waiting[1]).Acquired, "C got the lock, which A holds.");
        foreach (var next in new[] { 1, 4, 5, 6 })
        {
            s.Holds(await actors[next == 1 ? 0 : next == 4 ? 1 : next - 1].ReleaseAsync(Run, holder.OwnerToken), "The owner's release returned false.");
            s.Holds(await s.SoonAsync(waiting[next - 1]), $"{actors[next].Name} still waits although everybody before it is done.");
            var attempt = await waiting[next - 1];
            s.Holds(attempt.Acquired, $"{actors[next].Name} did not get the lock.");
            s.Holds(waiting.Skip(Math.Max(next, 3)).All(static w => !w.IsCompleted), $"Somebody got the lock who came after {actors[next].Name}.");
            holder = attempt.Handle;
        }
    }

    private static async Task NoBlindPolling(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        await a.HoldAsync(Run);
        var options = new RunLockOptions { WaitTimeout = Timeout.InfiniteTimeSpan, RetryInterval = TimeSpan.FromSeconds(10), HolderId = b.HolderId };
        _ = await s.ParkedAsync(() => b.Manager.TryAcquireAsync(Run, options, s.Stop).AsTask());
        s.History.Note("B", $"waits for {Run}, retry interval 10 s");
        var before = s.Clock.Reads;
        for (var step = 0; step < 200; step++)
        {
            s.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await s.SettleAsync();
        }

        var looks = s.Clock.Reads - before;
        s.History.Note("clock", "2 s pass", $"it was looked at {Show.Value(looks)} times");
        // A poll looks at it twice at least. Some looks are allowed for what a store does by itself, such as a sweep every 100 ms.
        s.Holds(looks <= 100, $"The clock was looked at {looks} times within 2 s, in which nothing happened: B keeps asking.");
    }

    private static async Task NoWaitNoQueue(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b, c) = (await s.LocksAsync("A"), await s.LocksAsync("B"), await s.LocksAsync("C"));
        var handle = await a.HoldAsync(Run);
        var waiting = await s.ParkedAsync(() => b.WaitAsync(Run));
        s.Same((await c.RefusedAsync(Run, "which A holds")).Fence, handle.Fence, "The fence of the lock that is in C's way");
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "The owner's release returned false.");
        s.Advance(TimeSpan.FromMilliseconds(100));
        s.Holds(await s.SoonAsync(waiting), "B still waits: the attempt of C, which did not wait, is in its way.");
        s.Holds((await waiting).Acquired, "B did not get the lock that A released.");
    }
}
