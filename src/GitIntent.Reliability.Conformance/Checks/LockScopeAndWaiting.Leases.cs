using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>What a holder knows of its lease, and renewal.</content>
internal static partial class LockScopeAndWaiting
{
    private static async Task LossIsFinal(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = await a.HoldAsync(Run);
        var lost = handle.LostToken;
        await b.ForceAsync(Run);
        s.Holds(!await handle.ExtendAsync(cancellationToken: s.Stop), "A lock that was released by force was extended.");
        s.Holds(handle.IsLost && await s.FiresAsync(lost), "The handle does not know that its lock is lost.");
        var theirs = await b.HoldAsync(Run);
        s.Holds(!await handle.ExtendAsync(cancellationToken: s.Stop), "A lost lock was extended.");
        s.Holds(!await handle.ReleaseAsync(s.Stop), "A lost lock was released.");
        s.Same(await b.GetAsync(Run), theirs.Lock, "B's lock");
    }

    private static async Task LostTokenFromSend(Scene s)
    {
        s.NeedsVirtualTime();
        var a = await s.LocksAsync("A");
        var attempt = (await s.History.CallAsync("A", $"acquire {Run} for 60 s; the answer takes 5 s", () =>
        {
            s.Clock.SlipAfterSend(TimeSpan.FromSeconds(5));
            return a.Manager.TryAcquireAsync(Run, new RunLockOptions { HolderId = a.HolderId }, s.Stop).AsTask();
        }, Show.Attempt, s.Limit)).Value;
        s.Holds(attempt.Acquired, "A did not get a lock that nobody holds.");
        await AtTheLatest(attempt.Handle, TimeSpan.FromSeconds(60));
        var extended = await a.HoldAsync("run-2");
        s.Advance(TimeSpan.FromSeconds(30));
        var sent = s.Clock.Elapsed;
        s.Clock.SlipAfterSend(TimeSpan.FromSeconds(5));
        s.Holds(await extended.ExtendAsync(cancellationToken: s.Stop), "The owner's extend returned false.");
        s.History.Note("A", "extend run-2 to 60 s; the answer takes 5 s", "true");
        await AtTheLatest(extended, sent + TimeSpan.FromSeconds(60));

        async Task AtTheLatest(RunLockHandle handle, TimeSpan end)
        {
            var lost = handle.LostToken;
            s.Advance(end - s.Clock.Elapsed - TimeSpan.FromSeconds(2));
            s.Holds(!lost.IsCancellationRequested, "The lost-lock token fired 2 s before the end of the lease.");
            s.Advance(TimeSpan.FromSeconds(2));
            s.Holds(await s.FiresAsync(lost), "The lost-lock token has not fired when its TTL was over since the request was sent.");
            s.Holds(handle.IsLost, "The handle does not say that its lock is lost.");
        }
    }

    private static async Task LostTokenOfRepeated(Scene s)
    {
        var a = await s.LocksAsync("A");
        var token = OwnerToken.Create();
        await a.HoldAsync(Run, 60, null, token);
        s.Advance(TimeSpan.FromSeconds(40));
        var again = await a.TryAsync(Run, 60, null, token);
        s.Holds(again.Acquired, "The owner's own repeated request was refused.");
        var lost = again.Handle.LostToken;
        s.Holds(!lost.IsCancellationRequested, "The lost-lock token has fired while the lock is held.");
        s.Advance(TimeSpan.FromSeconds(20));
        s.Holds(await s.FiresAsync(lost), "The lost-lock token of a repeated request has not fired at the end of the lease.");
    }

    private static async Task RenewedToCap(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = (await a.TryAsync(Run, new RunLockOptions { AutoRenewCap = TimeSpan.FromSeconds(150) })).Handle!;
        for (var renewal = 0; renewal < 7; renewal++)
            await s.AdvanceToSleepAsync(TimeSpan.FromSeconds(20), 1);
        s.Same((await b.GetAsync(Run))?.Fence, handle.Fence, "The fence of the lock that was renewed for 140 s");
        await b.RefusedAsync(Run, "which A has renewed");
        s.Advance(TimeSpan.FromSeconds(10));
        s.Same(await b.GetAsync(Run), null, "The lock at the cap of its renewal");
        s.Holds(handle.IsLost, "The handle does not say that its lock is lost.");
        await b.HoldAsync(Run);
    }

    private static async Task RenewalEnds(Scene s)
    {
        s.NeedsVirtualTime();
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var handle = (await a.TryAsync(Run, new RunLockOptions { AutoRenewCap = TimeSpan.FromHours(1) })).Handle!;
        await s.AdvanceToSleepAsync(TimeSpan.FromSeconds(20), 1);
        s.Holds(await handle.ReleaseAsync(s.Stop), "The owner's release returned false.");
        s.History.Note("A", $"release {Run}", "true");
        var theirs = await b.HoldAsync(Run);
        for (var third = 0; third < 3; third++)
        {
            s.Same(await b.GetAsync(Run), theirs.Lock, "B's lock");
            s.Advance(TimeSpan.FromSeconds(20));
            await s.SettleAsync();
        }

        s.Same(await b.GetAsync(Run), null, "B's lock at the end of its lease");
    }
}
