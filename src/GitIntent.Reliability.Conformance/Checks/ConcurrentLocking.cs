using GitIntent.Reliability.Conformance.Linearizability;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Many callers at once.</summary>
internal static class ConcurrentLocking
{
    private const string Run = "run-1";

    public static ConformanceCheck Check { get; } = new("concurrent-locking", "Concurrent locking",
    [
        new("one-winner", "Of callers that ask for a free lock at the same time, in one process or in several, exactly one gets it.", OneWinner),
        new("one-winner-of-threads", "Of threads that ask for a free lock at the same moment, exactly one gets it.", OneWinnerOfThreads),
        new("one-heir", "Of callers that ask at the same time for a lock whose lease has ended, exactly one gets it.", OneHeir) { OwnClockScenario = OwnClockLocks.OneHeir },
        new("one-release", "Of releases of one lock at the same time, exactly one returns true.", OneRelease),
        new("runs-do-not-wait", "Callers that ask for the locks of different runs at the same time all get them.", RunsDoNotWait),
        new("fences-unique", "No fence is given twice, whichever runs are locked by whichever threads; each thread sees them grow.", FencesUnique),
        new("waiters-in-turn", "Callers that wait for a lock get it one at a time, and each of them gets it.", WaitersInTurn),
    ]);

    private static async Task OneWinner(Scene s)
    {
        for (var round = 0; round < s.Rounds(24); round++)
        {
            var processes = round % 2 == 0 ? 1 : 3;
            var run = $"{Run}-{round}";
            var actors = new List<LockActor>();
            for (var i = 0; i < 9; i++)
                actors.Add(await s.LocksAsync($"{(char)('A' + i)}", $"{1 + (i % processes)}"));
            // A store that goes on elsewhere may be done before the next caller asks; callers on several threads overlap more.
            var apart = round % 4 >= 2;
            var attempts = await Task.WhenAll(actors.Select(a => apart ? Task.Run(() => a.TryAsync(run)) : a.TryAsync(run)));
            var winners = attempts.Count(static a => a.Acquired);
            s.Holds(winners == 1, $"{winners} of {attempts.Length} callers in {processes} process(es) got the lock.");
            var winner = attempts.Single(static a => a.Acquired).Handle!;
            s.Holds(attempts.All(a => a.Acquired || a.Existing?.Fence == winner.Fence), "A loser was told of another lock than the winner's.");
            s.Same(await actors[0].GetAsync(run), winner.Lock, "The lock afterwards");
        }

        await OneOfTwoAsync(s, (a, b, run) => Task.FromResult<(Func<Task<bool>>, Func<Task<bool>>)>((async () => (await a.TryAsync(run)).Acquired, async () => (await b.TryAsync(run)).Acquired)), "got the lock");
    }

    /// <summary>The one comes between the other's steps, wherever that can be arranged.</summary>
    private static Task OneOfTwoAsync(Scene s, Func<LockActor, LockActor, string, Task<(Func<Task<bool>> Mine, Func<Task<bool>> Theirs)>> calls, string what) => Interruption.EachAsync(s, async place =>
    {
        s.Fresh();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var (mine, theirs) = await calls(a, b, $"{Run}-between-{place}");
        var yes = new bool[2];
        return (s.Clock, async () => yes[0] = await mine(), async () => yes[1] = await theirs(), () =>
        {
            s.Holds(yes[0] != yes[1], $"{(yes[0] ? 2 : 0)} of 2 callers {what}.");
            return Task.CompletedTask;
        }
        );
    });

    private static async Task OneWinnerOfThreads(Scene s)
    {
        var managers = new[] { (await s.LocksAsync("")).Manager, (await s.LocksAsync("", "2")).Manager };
        var rounds = await Threads.RoundsAsync(managers.Length, s.Rounds(60), (caller, round) =>
            managers[caller].TryAcquireAsync($"{Run}-{round}", null, s.Stop).AsTask().GetAwaiter().GetResult().Handle?.Fence, s.Limit);
        for (var round = 0; round < rounds.Count; round++)
        {
            var winners = rounds[round].Count(static fence => fence is not null);
            s.Holds(winners == 1, $"{winners} of {managers.Length} threads got the lock of {Run}-{round}.");
        }
    }

    private static async Task OneHeir(Scene s)
    {
        var (a, b, c) = (await s.LocksAsync("A"), await s.LocksAsync("B"), await s.LocksAsync("C", "2"));
        for (var round = 0; round < s.Rounds(6); round++)
        {
            var run = $"{Run}-{round}";
            var old = await a.HoldAsync(run);
            s.Advance(TimeSpan.FromSeconds(60));
            var extend = a.ExtendAsync(run, old.OwnerToken, 60);
            var attempts = await Task.WhenAll(b.TryAsync(run), c.TryAsync(run));
            s.Holds(attempts.Count(static x => x.Acquired) == 1, $"{attempts.Count(static x => x.Acquired)} of 2 callers got the expired lock.");
            s.Holds(!await extend, "The expired owner extended its lock.");
        }

        await OneOfTwoAsync(s, async (a, b, run) =>
        {
            await a.HoldAsync(run);
            s.Advance(TimeSpan.FromSeconds(60));
            return (async () => (await a.TryAsync(run)).Acquired, async () => (await b.TryAsync(run)).Acquired);
        }, "got the expired lock");
    }

    private static async Task OneRelease(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        for (var round = 0; round < s.Rounds(12); round++)
        {
            var run = $"{Run}-{round}";
            var handle = await a.HoldAsync(run);
            var released = await Task.WhenAll(a.ReleaseAsync(run, handle.OwnerToken), b.ReleaseAsync(run, handle.OwnerToken, "A's"), a.ForceAsync(run));
            s.Holds(released.Count(static yes => yes) == 1, $"{released.Count(static yes => yes)} of 3 releases returned true.");
            s.Same(await a.GetAsync(run), null, "The lock afterwards");
        }

        await OneOfTwoAsync(s, async (a, b, run) =>
        {
            var handle = await a.HoldAsync(run);
            return (() => a.ReleaseAsync(run, handle.OwnerToken), () => b.ReleaseAsync(run, handle.OwnerToken, "A's"));
        }, "released the lock");
    }

    private static async Task RunsDoNotWait(Scene s)
    {
        var actors = new List<LockActor>();
        for (var i = 0; i < 8; i++)
            actors.Add(await s.LocksAsync($"{(char)('A' + i)}", $"{1 + (i % 2)}"));
        var attempts = await Task.WhenAll(actors.Select((a, i) => a.TryAsync($"run-{i}")));
        s.Holds(attempts.All(static a => a.Acquired), "A caller did not get the lock of its own run.");
        s.Same((await actors[0].ListAsync()).Count, actors.Count, "How many locks are held");
    }

    private static async Task FencesUnique(Scene s)
    {
        var each = s.Rounds(25);
        var managers = new[] { (await s.LocksAsync("")).Manager, (await s.LocksAsync("", "2")).Manager, (await s.LocksAsync("")).Manager };
        var fences = await Threads.RunAsync(managers.Length, (caller, _) => Enumerable.Range(0, each).Select(i =>
        {
            var handle = managers[caller].AcquireAsync($"run-{caller}-{i % 4}", null, s.Stop).AsTask().GetAwaiter().GetResult();
            handle.ReleaseAsync(s.Stop).AsTask().GetAwaiter().GetResult();
            return handle.Fence;
        }).ToArray(), s.Limit);
        s.Holds(fences.All(static f => f.Zip(f.Skip(1)).All(static p => p.First < p.Second)), "A thread got a fence that is not greater than the one before it.");
        s.Same(fences.SelectMany(static f => f).Distinct().Count(), managers.Length * each, "How many different fences were given");
    }

    private static async Task WaitersInTurn(Scene s)
    {
        var actors = new List<LockActor>();
        for (var i = 0; i < 4; i++)
            actors.Add(await s.LocksAsync($"{(char)('A' + i)}"));
        var inside = 0;
        var most = 0;
        var options = new RunLockOptions { WaitTimeout = Timeout.InfiniteTimeSpan };
        var done = await Task.WhenAll(actors.Select(async a =>
        {
            var attempt = await a.TryAsync(Run, options);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return attempt.Acquired && await a.ReleaseAsync(Run, attempt.Handle.OwnerToken);
        }));
        s.Holds(done.All(static yes => yes), "A caller that waited did not get the lock, or could not release it.");
        s.Same(most, 1, "How many callers held the lock at the same time");
    }
}
