using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>The number by which a resource tells a new holder from an old one.</summary>
internal static class Fencing
{
    private const string Run = "run-1";

    public static ConformanceCheck Check { get; } = new("fencing", "Fencing",
    [
        new("fence-grows", "Every acquisition gets a number greater than every earlier one, whatever became of it: release, expiry, force-release.", FenceGrows),
        new("fence-after-expiry", "The fence of a lock that is taken after it expired is greater than that of the expired one, also when the clock was set back.", FenceAfterExpiry) { OwnClockScenario = OwnClockLocks.TakenOverAnew },
        new("fence-of-acquisition", "The fence is that of the acquisition, and not of the request: who asked first and got the lock last has the greatest.", OfAcquisition),
        new("fence-stays", "As long as the lock is held its fence stays: whatever is asked of it, whoever is refused, however it is extended.", Stays),
        new("fence-after-restart", "The fence survives a restart: a process that comes later gets greater ones, also when nothing was locked meanwhile.", AfterRestart),
        new("fence-of-executors", "Every execution of an operation gets a number greater than that of every earlier one in the store, whatever became of it.", OfExecutors),
        new("stale-writer-refused", "A resource that has seen a newer fence refuses the writes of an older holder, and takes those of the newest.", StaleWriter),
    ]);

    private static async Task FenceGrows(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var highest = 0L;
        await NextAsync(a, Run, "the first");
        var handle = await NextAsync(b, "run-2", "one for another run");
        await b.ReleaseAsync("run-2", handle.OwnerToken);
        await NextAsync(a, "run-2", "one after a release");
        await a.ForceAsync("run-2");
        await NextAsync(b, "run-2", "one after a forced release");
        foreach (var run in new[] { Run, "run-2" })
            await a.ForceAsync(run);
        handle = await NextAsync(a, "run-3", "one after every lock was gone");
        await a.ReleaseAsync("run-3", handle.OwnerToken);
        handle = await NextAsync(a, Run, "one of a run that had a lock before");
        // More than a counter of few bits has room for.
        for (var many = s.Rounds(s.IsVirtual ? 1_100 : 60); many > 0; many--)
        {
            s.Fresh();
            await a.ReleaseAsync(Run, handle.OwnerToken);
            handle = await NextAsync(a, Run, "one of many");
        }

        async Task<RunLockHandle> NextAsync(LockActor by, string run, string what)
        {
            var next = await by.HoldAsync(run);
            s.Holds(next.Fence > highest, $"The fence {next.Fence} ({what}) is not greater than {highest}, which was given before.");
            highest = next.Fence;
            return next;
        }
    }

    private static async Task FenceAfterExpiry(Scene s)
    {
        var a = await s.LocksAsync("A");
        var highest = (await a.HoldAsync(Run, 1)).Fence;
        s.Advance(TimeSpan.FromSeconds(1));
        var next = (await a.HoldAsync(Run, 1)).Fence;
        s.Holds(next > highest, $"The fence {next} after expiry is not greater than {highest}.");
        s.Advance(TimeSpan.FromSeconds(1));
        s.Jump(TimeSpan.FromHours(-1));
        var back = (await a.HoldAsync("run-2", 1)).Fence;
        s.Holds(back > next, $"The fence {back} after the clock was set back is not greater than {next}.");
    }

    private static async Task OfAcquisition(Scene s)
    {
        var (a, b, c) = (await s.LocksAsync("A"), await s.LocksAsync("B"), await s.LocksAsync("C", "2"));
        var token = OwnerToken.Create();
        var first = await a.HoldAsync(Run);
        s.Holds(!(await b.TryAsync(Run, 60, null, token)).Acquired, "B got the lock, which A holds.");
        s.Holds(await a.ReleaseAsync(Run, first.OwnerToken), "The owner's release returned false.");
        var second = await c.HoldAsync(Run);
        s.Holds(await c.ReleaseAsync(Run, second.OwnerToken), "The owner's release returned false.");
        var third = await b.TryAsync(Run, 60, null, token);
        s.Holds(third.Acquired, "B did not get a lock that nobody holds.");
        s.Holds(third.Handle.Fence > second.Fence, $"The fence {third.Handle.Fence} of B, which asked before C and got the lock after it, is not greater than {second.Fence}.");
    }

    private static async Task Stays(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var token = OwnerToken.Create();
        var fence = (await a.HoldAsync(Run, 60, null, token)).Fence;
        await b.RefusedAsync(Run, "which A holds");
        await b.HoldAsync("run-2");
        s.Holds(await a.ExtendAsync(Run, token, 120), "The owner's extend returned false.");
        s.Holds(await a.ExtendAsync(Run, token, 60, true), "The owner's extend that may shorten returned false.");
        s.Same((await a.TryAsync(Run, 60, null, token)).Handle?.Fence, fence, "The fence of the repeated request");
        s.Same((await b.GetAsync(Run))?.Fence, fence, "The fence that can be looked up");
        s.Same((await b.ListAsync()).Single(static l => l.RunId == Run).Fence, fence, "The fence in the list");
        s.Same((await b.RefusedAsync(Run, "which A holds")).Fence, fence, "The fence that a loser is told");
    }

    private static async Task AfterRestart(Scene s)
    {
        var highest = 0L;
        for (var process = 1; process <= 4; process++)
        {
            var a = await s.LocksAsync("A", $"{process}");
            foreach (var run in new[] { Run, $"run-{process + 1}" })
            {
                var handle = await a.HoldAsync(run);
                s.Holds(handle.Fence > highest, $"The fence {handle.Fence} of process {process} is not greater than {highest}, which was given before.");
                highest = handle.Fence;
                s.Holds(await a.ReleaseAsync(run, handle.OwnerToken), "The owner's release returned false.");
            }

            if (s.IsVirtual)
                s.Jump(TimeSpan.FromDays(process % 2 == 0 ? 3 : -2));
        }
    }

    private static async Task OfExecutors(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var (charge, refund) = (IdempotencyKey.Create("run-1", "step-1", "charge"), IdempotencyKey.Create("run-2", "step-1", "refund"));
        var highest = 0L;
        var first = await NextAsync(a, charge, "the first");
        var second = await NextAsync(b, refund, "one of another operation");
        s.Holds(await a.DeleteAsync(first), "The executor could not delete its record.");
        await NextAsync(b, charge, "one after a delete");
        s.Holds(await a.ForceDeleteAsync(charge), "The record could not be deleted.");
        s.Holds(await b.DeleteAsync(second), "The executor could not delete its record.");
        var third = await NextAsync(a, charge, "one after every record was gone");
        s.Holds(await a.FailAsync(third, new RetryableException("slow", ErrorCode.Timeout)), "The executor could not record a failure.");
        await NextAsync(b, charge, "one after a transient failure");
        if (s.IsVirtual)
        {
            s.Advance(TimeSpan.FromDays(2));
            await b.CleanupAsync();
            await NextAsync(a, charge, "one after a clean-up that left nothing");
        }

        async Task<IdempotencyExecution> NextAsync(RecordActor by, IdempotencyKey key, string what)
        {
            var next = await by.StartAsync(key);
            s.Holds(next.Fence > highest, $"The fence {next.Fence} ({what}) is not greater than {highest}, which was given before.");
            highest = next.Fence;
            return next;
        }
    }

    private static async Task StaleWriter(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var guard = new LockGuard();
        var old = await a.HoldAsync(Run);
        s.Holds(Pass(old, "A"), "The guard refused the first holder.");
        await b.ForceAsync(Run);
        var next = await b.HoldAsync(Run);
        s.Holds(Pass(next, "B"), "The guard refused the newest holder.");
        s.Holds(!Pass(old, "A"), "The guard let a holder write that had lost its lock to a newer one.");
        s.Holds(Pass(next, "B"), "The guard refused the newest holder's second write.");

        bool Pass(RunLockHandle handle, string caller) => s.Call($"{caller} writes by fence {handle.Fence}", () => guard.TryPass("orders", handle.Fence), static yes => Show.Value(yes));
    }
}
