using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What an operator sees of locks, and does to them.</summary>
internal static class LockAdministration
{
    private const string Run = "run-1";
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);

    public static ConformanceCheck Check { get; } = new("lock-administration", "Lock administration",
    [
        new("list-tells-the-truth", "The list has every lock that is held, and no other, by run id in ordinal order, each as it can be looked up.", List),
        new("force-release", "A forced release frees the lock whoever holds it; its holder can neither release nor extend any more.", Force),
        new("expired-not-forced", "A forced release of an expired lock returns false: nobody held it.", ExpiredForce) { OwnClockScenario = OwnClockLocks.ExpiredForce },
        new("list-agrees-with-get", "A list shows a lock exactly as long as it can be looked up: to the last millisecond of its lease.", ListAgrees),
        new("list-complete", "However many locks are held, the list has all of them.", ListComplete),
        new("list-is-a-copy", "A list is a picture of its moment: neither what becomes of the locks nor what is done to the list changes the other.", ListIsACopy),
        new("forced-one-run", "A forced release touches the lock of that run of that tenant and no other, however alike their ids.", ForcedOneRun),
        new("forced-from-anywhere", "An operator needs neither token nor the holder's process to release by force, and says so as often as the lock is held.", ForcedFromAnywhere),
        new("forced-stays-free", "A holder that renews does not bring back a lock that was released by force.", ForcedStaysFree),
    ]);

    private static async Task List(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        s.Same((await a.ListAsync()).Count, 0, "How many locks are held at first");
        foreach (var run in new[] { "b", "a", "C", "a-1", "é" })
            await a.HoldAsync(run, 60, $"for {run}");
        var ended = await b.HoldAsync("d");
        await b.ReleaseAsync("d", ended.OwnerToken);
        var listed = await b.ListAsync();
        s.Same(string.Join(" ", listed.Select(static l => l.RunId)), "C a a-1 b é", "The runs whose locks are held");
        foreach (var one in listed)
            s.Same(one, await b.GetAsync(one.RunId), "A lock in the list, and as it can be looked up");
    }

    private static async Task Force(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var old = await a.HoldAsync(Run);
        s.Holds(await b.ForceAsync(Run), "The forced release of a held lock returned false.");
        s.Holds(!await b.ForceAsync(Run), "The forced release of a lock that nobody holds returned true.");
        s.Same(await b.GetAsync(Run), null, "The lock after a forced release");
        s.Holds(!await a.ExtendAsync(Run, old.OwnerToken, 60), "A extended its lock after it was released by force.");
        s.Holds(!await a.ReleaseAsync(Run, old.OwnerToken), "A released its lock after it was released by force.");
        var next = await b.HoldAsync(Run);
        s.Holds(!await a.ReleaseAsync(Run, old.OwnerToken), "A released the lock that B holds now.");
        s.Same(await b.GetAsync(Run), next.Lock, "B's lock");
    }

    private static async Task ExpiredForce(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        await a.HoldAsync(Run);
        s.Advance(TimeSpan.FromSeconds(60));
        s.Holds(!await b.ForceAsync(Run), "The forced release of an expired lock returned true.");
    }

    private static async Task ListAgrees(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        foreach (var (run, seconds) in new[] { ("a", 10.5), ("b", 20.5), ("c", 30.5) })
            await a.HoldAsync(run, seconds);
        foreach (var (step, expected) in new[] { (TimeSpan.FromMilliseconds(10_499), "a b c"), (s_last, "b c"), (TimeSpan.FromMilliseconds(9999), "b c"), (s_last, "c"), (TimeSpan.FromSeconds(10), "") })
        {
            s.Advance(step);
            var held = new List<string>();
            foreach (var run in new[] { "a", "b", "c" })
            {
                if (await b.GetAsync(run) is not null)
                    held.Add(run);
            }

            s.Same(string.Join(" ", held), expected, "The runs whose locks can be looked up");
            s.Same(string.Join(" ", (await b.ListAsync()).Select(static l => l.RunId)), expected, "The runs whose locks are listed");
        }
    }

    private static async Task ListComplete(Scene s)
    {
        var a = await s.LocksAsync("A");
        var count = s.IsDurable ? 40 : 1_200;
        // No two alike, and nothing that a hash would spread evenly.
        var ids = Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{s.Random.Next():x8}-{i}")).ToArray();
        var held = await Task.WhenAll(ids.Select(id => a.Manager.TryAcquireAsync(id, null, s.Stop).AsTask()));
        s.History.Note("A", $"acquire {count} locks");
        s.Same(held.Count(static h => h.Acquired), count, "How many locks were acquired");
        var listed = (await a.Manager.ListLocksAsync(null, s.Stop)).Select(static l => l.RunId).ToArray();
        s.History.Note("A", "list", $"{listed.Length} locks");
        s.Same(listed.Length, count, "How many locks are listed");
        s.Holds(listed.SequenceEqual(ids.Order(StringComparer.Ordinal)), "The list of many locks is not in order.");
    }

    private static async Task ListIsACopy(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        var before = await a.ListAsync();
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "The owner's release returned false.");
        var next = await b.HoldAsync(Run);
        var now = await a.ListAsync();
        s.Same(before.SingleOrDefault(), handle.Lock, "The lock in a list from before its release");
        try
        {
            (now as IList<RunLock>)?.Clear();
        }
        catch (NotSupportedException)
        {
        }

        s.Same((await a.ListAsync()).SingleOrDefault(), next.Lock, "The lock in a list after another list was emptied");
        s.Same(await a.GetAsync(Run), next.Lock, "The lock after a list was emptied");
    }

    private static async Task ForcedOneRun(Scene s)
    {
        var a = await s.LocksAsync("A");
        RunKey[] keys = [new("run"), new("run-1"), new("RUN"), new("run "), new("run", "acme"), new("acme/run"), new("default/run"), new("run%"), new("run_")];
        var handles = new List<RunLockHandle>();
        foreach (var key in keys)
            handles.Add(await a.HoldAsync(key));
        s.Holds(await a.ForceAsync("run"), "The forced release of a held lock returned false.");
        s.Holds(await a.ForceAsync("run%"), "The forced release of a held lock returned false.");
        for (var i = 0; i < keys.Length; i++)
            s.Same(await a.GetAsync(keys[i]), i is 0 or 7 ? null : handles[i].Lock, $"The lock of {keys[i]}");
    }

    private static async Task ForcedFromAnywhere(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        s.Holds(!await b.ForceAsync(Run), "The forced release of a lock that nobody ever held returned true.");
        for (var round = 0; round < 3; round++)
        {
            var handle = await a.HoldAsync(Run);
            s.Holds(await b.ForceAsync(Run), "The forced release of a held lock returned false.");
            s.Same(await a.GetAsync(Run), null, "The lock after a forced release by another process");
            s.Holds(!await handle.ExtendAsync(cancellationToken: s.Stop), "A lock that was released by force was extended.");
        }
    }

    private static async Task ForcedStaysFree(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var attempt = await a.TryAsync(Run, new RunLockOptions { AutoRenewCap = TimeSpan.FromHours(1) });
        s.Holds(attempt.Acquired, "A did not get a lock that nobody holds.");
        var lost = attempt.Handle.LostToken;
        s.Holds(await b.ForceAsync(Run), "The forced release of a held lock returned false.");
        s.Advance(TimeSpan.FromSeconds(20));
        s.Holds(await s.FiresAsync(lost), "The holder's renewal was refused, and its lost-lock token has not fired.");
        s.Same(await b.GetAsync(Run), null, "The lock after the holder's next renewal");
        await b.HoldAsync(Run);
    }
}
