using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Who gets a lock, who does not, and who may give it back.</summary>
internal static class LockAcquisition
{
    private const string Run = "run-1";
    private static readonly string s_long = new('t', 300);

    public static ConformanceCheck Check { get; } = new("lock-acquisition", "Lock acquisition",
    [
        new("free-lock-acquired", "A free lock is acquired; its record says for which run, by whom, since when, until when (now + TTL), and what for.", FreeLock),
        new("one-holder", "While a lock is held nobody else acquires it; the loser learns who holds it, since when, until when and what for.", OneHolder),
        new("loser-changes-nothing", "An attempt that is refused leaves the lock as it was.", LoserChangesNothing),
        new("owner-token-secret", "A loser never learns what would let it release: the owner token is in nothing that others see.", TokenSecret),
        new("release-frees", "The owner's release returns true, and the lock is free at once.", ReleaseFrees),
        new("released-once", "A lock that was released cannot be released or extended again, not even when somebody else holds it now.", ReleasedOnce),
        new("wrong-owner-refused", "Release and extend by a wrong owner return false and change nothing.", WrongOwner),
        new("name-is-no-token", "A holder's name opens nothing: who asks under it without the owner token is refused as anybody else.", NameIsNoToken),
        new("refused-at-the-door", "Empty and malformed ids, times that are none, and empty tokens are refused with a validation error before anything is locked.", AtTheDoor),
        new("repeated-request", "The same owner's request, repeated while it holds the lock, is answered with the lock as it is.", Repeated),
        new("runs-apart", "Runs with different ids, however alike, have different locks.", RunsApart),
        new("tenants-apart", "The tenant is part of the key: no tenant locks out, sees or releases another's run.", TenantsApart),
        new("get-tells-the-truth", "The lock that can be looked up is the one that is held; there is none where nobody holds it.", Get),
        new("reason-and-holder-kept", "Reason and holder are shown as they were given, however long or odd their text.", TextsKept),
        new("token-of-several-runs", "One owner token may hold the locks of several runs, each by itself.", TokenOfSeveralRuns),
        new("processes-share", "Managers on the same data see each other's locks, as processes do.", ProcessesShare),
    ]);

    private static async Task FreeLock(Scene s)
    {
        var a = await s.LocksAsync("A");
        var now = s.Now;
        var handle = await a.HoldAsync(Run, 90, "deploy");
        var held = handle.Lock;
        s.Same(held.RunId, Run, "The run of the lock");
        s.Same(held.HolderId, a.HolderId, "The holder of the lock");
        s.Same(held.Reason, "deploy", "The reason of the lock");
        s.Same(held.Tenant, RunKey.DefaultTenant, "The tenant of the lock");
        s.Holds(handle.Fence > 0, "The fence is not positive.");
        s.Same(await a.GetAsync(Run), held, "The lock as the store keeps it");
        if (ReferenceEquals(s.Time, s.Clock))
            s.Same(held.AcquiredAt, now, "The time since when it is held");
        s.Lasts(held.ExpiresAt - held.AcquiredAt, TimeSpan.FromSeconds(90), "The time from acquisition to expiry");
    }

    private static async Task OneHolder(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run, 60, "deploy");
        var seen = await b.RefusedAsync(Run, "which A holds");
        s.Same(seen, handle.Lock, "The lock that is in the way");
    }

    private static async Task LoserChangesNothing(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run, 30, "deploy");
        s.Pass(TimeSpan.FromSeconds(10));
        await b.RefusedAsync(Run, "which A holds");
        await b.RefusedAsync(Run, "which A holds");
        s.Same(await b.GetAsync(Run), handle.Lock, "The lock after B was refused");
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "A could not release its lock after B was refused.");
    }

    private static async Task TokenSecret(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var secret = (await a.HoldAsync(Run, 60, "deploy")).OwnerToken.Reveal();
        RunLock?[] seen = [await b.RefusedAsync(Run, "which A holds"), await b.GetAsync(Run), .. await b.ListAsync()];
        s.Holds(seen.All(l => l is null || !$"{l.HolderId}|{l.Reason}|{l.RunId}".Contains(secret, StringComparison.OrdinalIgnoreCase)), "The owner token is in the record that B sees.");
    }

    private static async Task ReleaseFrees(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "The owner's release returned false.");
        s.Same(await b.GetAsync(Run), null, "The lock after its release");
        await b.HoldAsync(Run);
    }

    private static async Task ReleasedOnce(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var mine = await a.HoldAsync(Run);
        await a.ReleaseAsync(Run, mine.OwnerToken);
        s.Holds(!await a.ReleaseAsync(Run, mine.OwnerToken), "A second release returned true.");
        s.Holds(!await a.ExtendAsync(Run, mine.OwnerToken, 60), "A released lock was extended.");
        s.Same(await a.GetAsync(Run), null, "The lock after its release");
        var theirs = await b.HoldAsync(Run);
        s.Holds(!await a.ReleaseAsync(Run, mine.OwnerToken), "A released the lock that B holds now.");
        s.Holds(!await a.ExtendAsync(Run, mine.OwnerToken, 120), "A extended the lock that B holds now.");
        s.Same(await b.GetAsync(Run), theirs.Lock, "B's lock");
    }

    private static async Task WrongOwner(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        var other = await b.HoldAsync("run-2");
        foreach (var (token, whose) in new[] { (OwnerToken.Create(), "a made-up"), (other.OwnerToken, "run-2's") })
        {
            s.Holds(!await b.ReleaseAsync(Run, token, whose), $"B released A's lock by {whose} token.");
            s.Holds(!await b.ExtendAsync(Run, token, 120, false, whose), $"B extended A's lock by {whose} token.");
            s.Holds(!await b.ExtendAsync(Run, token, 1, true, whose), $"B shortened A's lock by {whose} token.");
        }

        s.Same(await b.GetAsync(Run), handle.Lock, "A's lock");
        s.Same(await b.GetAsync("run-2"), other.Lock, "B's lock");
        s.Holds(await a.ReleaseAsync(Run, handle.OwnerToken), "A could not release its own lock.");
    }

    private static async Task Repeated(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var token = OwnerToken.Create();
        var first = await a.HoldAsync(Run, 60, null, token);
        s.Pass(TimeSpan.FromSeconds(10));
        var again = await a.TryAsync(Run, 60, null, token);
        s.Holds(again.Acquired, "The owner's own repeated request was refused.");
        s.Same(again.Handle.Lock, first.Lock, "The lock that the repeated request was answered with");
        s.Holds((await a.TryAsync(Run, 90, "another reason", token)).Acquired, "The owner's own request was refused because its reason is another.");
        s.Same(await b.GetAsync(Run), first.Lock, "The lock after it was requested again for longer and for another reason");
        await b.RefusedAsync(Run, "which A holds");
    }

    private static async Task RunsApart(Scene s)
    {
        var a = await s.LocksAsync("A");
        string longId = new('x', 511);
        string[] ids = ["run", "Run", "run-1", "run-10", "run:1", "run/1", "run%3A1", "run_1", "run*", "run ", "é", "e\u0301", longId + "a", longId + "b", "'; --", "ÿ", "\U0001F512"];
        var handles = new List<RunLockHandle>();
        foreach (var id in ids)
            handles.Add(await a.HoldAsync(id));
        for (var i = 0; i < ids.Length; i++)
            s.Same(await a.GetAsync(ids[i]), handles[i].Lock, $"The lock of {ids[i]}");
        s.Holds(await a.ReleaseAsync("run", handles[0].OwnerToken), "A could not release the lock of run.");
        s.Same((await a.ListAsync()).Count, ids.Length - 1, "How many locks are held after one of them was released");
    }

    private static async Task TenantsApart(Scene s)
    {
        var a = await s.LocksAsync("A");
        RunKey[] keys = [new(Run, "acme"), new(Run, "globex"), new(Run), new("acme/run-1"), new(Run, "ACME"), new(Run, "globex-2"), new(Run, $"{s_long}-1"), new(Run, $"{s_long}-2"), .. Separators.All.SelectMany(static x => new RunKey[] { new($"b{x}{Run}", "a"), new(Run, $"a{x}b") })];
        var handles = new List<RunLockHandle>();
        foreach (var key in keys)
            handles.Add(await a.HoldAsync(key));
        s.Same((await a.GetAsync(keys[0]))?.Tenant, "acme", "The tenant of the lock");
        s.Same(string.Join(",", (await a.ListAsync("globex")).Select(static l => $"{l.Tenant}/{l.RunId}")), "globex/run-1", "The locks of tenant globex");
        s.Holds(!await a.ReleaseAsync(keys[1], handles[0].OwnerToken, "acme's"), "The owner of acme's lock released globex's.");
        s.Holds(await a.ForceAsync(keys[0]), "The lock of acme could not be released by force.");
        s.Same(await a.GetAsync(keys[1]), handles[1].Lock, "The lock of globex after that of acme was released by force");
        s.Same(await a.GetAsync(keys[2]), handles[2].Lock, "The lock of the default tenant after that of acme was released by force");
    }

    private static async Task Get(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        s.Same(await b.GetAsync(Run), null, "The lock that nobody ever took");
        var handle = await a.HoldAsync(Run, 60, "deploy");
        s.Same(await b.GetAsync(Run), handle.Lock, "The lock that A holds");
        await a.ReleaseAsync(Run, handle.OwnerToken);
        s.Same(await b.GetAsync(Run), null, "The lock that A released");
    }

    private static async Task ProcessesShare(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = await a.HoldAsync(Run);
        s.Same(await b.RefusedAsync(Run, "which A holds in another process"), handle.Lock, "The lock that is in the way");
        s.Same((await b.ListAsync()).Count, 1, "How many locks the second process lists");
        s.Holds(await b.ReleaseAsync(Run, handle.OwnerToken, "A's"), "The second process could not release by A's token.");
        await b.HoldAsync(Run);
        await a.RefusedAsync(Run, "which B holds in another process");
    }

    private static async Task TextsKept(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var holder = $"holder-{new string('x', 480)} é '; -- \U0001F512";
        foreach (var (run, reason) in new[] { ("run-1", $"{new string('y', 4000)} é e\u0301 \U0001F512"), ("run-2", "line 1\r\n\tline 2 \"quoted\" 'quoted' \\ %s {0} NULL"), ("run-3", " "), ("run-4", "") })
        {
            var attempt = await a.TryAsync(run, new RunLockOptions { Reason = reason, HolderId = holder });
            s.Holds(attempt.Acquired, $"A did not get the lock of {run}, which nobody holds.");
            var seen = await b.GetAsync(run);
            s.Same((seen?.Reason, seen?.HolderId), (reason, holder), "Reason and holder as another process sees them");
        }
    }

    private static async Task TokenOfSeveralRuns(Scene s)
    {
        var a = await s.LocksAsync("A");
        var token = OwnerToken.Create();
        var (one, two) = (await a.HoldAsync(Run, 60, null, token), await a.HoldAsync("run-2", 30, null, token));
        s.Same((await a.GetAsync(Run), await a.GetAsync("run-2")), (one.Lock, two.Lock), "Both locks");
        s.Holds(await a.ExtendAsync(Run, token, 120), "The owner's extend returned false.");
        s.Same(await a.GetAsync("run-2"), two.Lock, "The lock of run-2 after that of run-1 was extended by the same token");
        s.Holds(await a.ReleaseAsync(Run, token), "The owner's release returned false.");
        s.Same(await a.GetAsync("run-2"), two.Lock, "The lock of run-2 after that of run-1 was released by the same token");
    }

    private static async Task NameIsNoToken(Scene s)
    {
        var a = await s.LocksAsync("A");
        var handle = await a.HoldAsync(Run);
        var seen = await a.RefusedAsync(Run, "although it is held, and this is another request of its holder");
        s.Same(seen, handle.Lock, "The lock that is in the way");
        s.Holds(!await a.ReleaseAsync(Run, OwnerToken.Create(), "a made-up"), "The lock was released under its holder's name by a made-up token.");
        // The name that a manager gives itself, where nobody gives one.
        var unnamed = await a.Manager.TryAcquireAsync("run-2", null, s.Stop);
        s.Holds(unnamed.Acquired && !await a.ReleaseAsync("run-2", OwnerToken.Create(), "a made-up"), "The lock was released by its holder's manager by a made-up token.");
        s.Same(await a.GetAsync("run-2"), unnamed.Handle!.Lock, "The lock of who gives no name");
        s.Same(await a.GetAsync(Run), handle.Lock, "The lock");
    }

    private static async Task AtTheDoor(Scene s)
    {
        var a = await s.LocksAsync("A");
        foreach (var id in new[] { "", " ", "a\0b", "\uD800", "a\nb", new string('x', 513) })
        {
            await RefusedAsync(() => a.Manager.TryAcquireAsync(new RunKey(id), null, s.Stop).AsTask(), "A run id that is empty, blank, malformed or too long");
            await RefusedAsync(() => a.Manager.TryAcquireAsync(new RunKey(Run, id), null, s.Stop).AsTask(), "A tenant that is empty, blank, malformed or too long");
        }

        foreach (var ttl in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromTicks(1), TimeSpan.MaxValue, TimeSpan.MinValue, Timeout.InfiniteTimeSpan })
        {
            await RefusedAsync(() => a.Manager.TryAcquireAsync(Run, new RunLockOptions { Ttl = ttl }, s.Stop).AsTask(), $"A TTL of {ttl}");
            await RefusedAsync(() => a.Manager.ExtendAsync(Run, OwnerToken.Create(), ttl, false, s.Stop).AsTask(), $"An extend by {ttl}");
        }

        await RefusedAsync(() => a.Manager.TryAcquireAsync(Run, new RunLockOptions { WaitTimeout = TimeSpan.FromSeconds(-2) }, s.Stop).AsTask(), "A negative time to wait");
        await RefusedAsync(() => a.Manager.TryAcquireAsync(default(RunKey), null, s.Stop).AsTask(), "No run at all");
        await RefusedAsync(() => a.Manager.ReleaseAsync(Run, default, s.Stop).AsTask(), "A release by an empty token");
        await RefusedAsync(() => a.Manager.ExtendAsync(Run, default, TimeSpan.FromSeconds(1), false, s.Stop).AsTask(), "An extend by an empty token");
        s.Same((await a.ListAsync()).Count, 0, "How many locks are held");

        async Task RefusedAsync(Func<Task> call, string what)
        {
            try
            {
                await call();
            }
            catch (GwiValidationException e)
            {
                s.History.Note("A", what, $"refused: {e.Message}");
                return;
            }

            s.Holds(false, $"{what} was accepted.");
        }
    }
}
