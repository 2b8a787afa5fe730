using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>Bodies that run under a lock.</content>
internal static partial class LockScopeAndWaiting
{
    private static async Task ScopeHolds(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var result = await a.ScopeAsync(Run, async (handle, token) =>
        {
            s.Same(await b.GetAsync(Run), handle.Lock, "The lock while the body runs");
            await b.RefusedAsync(Run, "under which A's body runs");
            s.Holds(!token.IsCancellationRequested, "The body's token is cancelled, although the lock is held.");
            return 7;
        });
        s.Same(result, 7, "What the body returned");
        s.Same(await b.GetAsync(Run), null, "The lock after the body");
        await b.HoldAsync(Run);
    }

    private static async Task ScopeErrorPasses(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var mine = new InvalidOperationException("the body's own");
        var thrown = await ThrowsAsync<InvalidOperationException>(s, () => a.ScopeAsync<int>(Run, (_, _) => throw mine), "A body that fails");
        s.Holds(ReferenceEquals(thrown, mine), "Another error than the body's own reached the caller.");
        s.Same(await b.GetAsync(Run), null, "The lock after the body failed");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(s.Stop);
        await ThrowsAsync<OperationCanceledException>(s, () => a.ScopeAsync<int>(Run, async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new BrokenPromiseException("The caller's cancellation does not reach the body.");
        }, null, stop.Token), "A body that is cancelled");
        s.Same(await b.GetAsync(Run), null, "The lock after the body was cancelled");
        await b.HoldAsync(Run);
    }

    private static async Task ScopeConflict(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        foreach (var run in new[] { Run, "not retryable", "validation 404" })
        {
            await a.HoldAsync(run);
            var ran = false;
            var e = await ThrowsAsync<LockConflictException>(s, () => b.ScopeAsync(run, (_, _) => Task.FromResult(ran = true)), "A body under a lock that A holds");
            s.Holds(!ran, "The body ran under a lock that somebody else holds.");
            s.Same((e.RunId, e.HolderId, e.Definition.ExitCode, e.Retryable), (run, a.HolderId, 23, true), "Run, holder, exit code and retryability of the conflict");
            s.Holds(e.Message.Contains(run, StringComparison.Ordinal) && e.Message.Contains(a.HolderId, StringComparison.Ordinal), "The text of the conflict does not name run and holder.");
        }
    }

    private static async Task ScopeLost(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        s.NeedsVirtualTime();
        var lost = await ThrowsAsync<LockLostException>(s, () => a.ScopeAsync(Run, async (_, token) =>
        {
            s.Advance(TimeSpan.FromSeconds(60));
            s.Holds(await s.FiresAsync(token), "The body's token is not cancelled at the end of the lease.");
            await b.HoldAsync(Run);
            return 7;
        }), "A body whose lease ended");
        s.Same((lost.RunId, lost.BodyResult), (Run, 7), "The run, and what the body returned");
        s.Same((await b.GetAsync(Run))?.HolderId, b.HolderId, "The holder after A's body returned");
        await ThrowsAsync<LockLostException>(s, () => a.ScopeAsync<int>("run-2", async (_, token) =>
        {
            s.Advance(TimeSpan.FromSeconds(60));
            await Task.Delay(Timeout.InfiniteTimeSpan, s.Time, token);
            return 7;
        }), "A body that heeds its token");
        var mine = new InvalidOperationException("the body's own");
        var thrown = await ThrowsAsync<InvalidOperationException>(s, () => a.ScopeAsync<int>("run-3", (_, _) =>
        {
            s.Advance(TimeSpan.FromSeconds(60));
            throw mine;
        }), "A body that fails after its lease ended");
        s.Holds(ReferenceEquals(thrown, mine), "Another error than the body's own reached the caller.");
    }

    private static async Task ScopeForced(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B", "2"));
        var lost = await ThrowsAsync<LockLostException>(s, () => a.ScopeAsync(Run, async (_, _) =>
        {
            s.Holds(await b.ForceAsync(Run), "The forced release of a held lock returned false.");
            await b.HoldAsync(Run);
            return 7;
        }), "A body whose lock was released by force");
        s.Same((lost.RunId, lost.BodyResult), (Run, 7), "The run, and what the body returned");
        s.Same((await b.GetAsync(Run))?.HolderId, b.HolderId, "The holder after A's body returned");
        await ThrowsAsync<LockLostException>(s, () => a.ScopeAsync("run-2", (_, _) => b.ForceAsync("run-2")), "A body whose lock was released by force, and taken by nobody");
    }

    /// <summary>A store that cannot read its clock cannot release; one that needs no clock for that releases, which is as good.</summary>
    private static async Task ReleaseMasksNothing(Scene s)
    {
        s.NeedsVirtualTime();
        var a = await s.LocksAsync("A");
        var result = await a.ScopeAsync(Run, (_, _) => Task.FromResult(s.Clock.Broken = true));
        s.Clock.Broken = false;
        s.Same(result, true, "What the body returned");
        var mine = new InvalidOperationException("the body's own");
        var thrown = await ThrowsAsync<Exception>(s, () => a.ScopeAsync<int>("run-2", (_, _) =>
        {
            s.Clock.Broken = true;
            throw mine;
        }), "A body that fails");
        s.Clock.Broken = false;
        s.Holds(ReferenceEquals(thrown, mine), "The error of the release reached the caller, and not the body's own.");
        var handle = await a.HoldAsync("run-3");
        s.Clock.Broken = true;
        await handle.DisposeAsync();
        s.Clock.Broken = false;
    }

    private static async Task DisposedOnce(Scene s)
    {
        var (a, b) = (await s.LocksAsync("A"), await s.LocksAsync("B"));
        var handle = await a.HoldAsync(Run);
        await handle.DisposeAsync();
        s.History.Note("A", $"disposes of its lock of {Run}");
        s.Same(await b.GetAsync(Run), null, "The lock that was disposed of");
        var theirs = await b.HoldAsync(Run);
        await handle.DisposeAsync();
        s.Holds(!await handle.ReleaseAsync(s.Stop), "A lock that was disposed of could be released.");
        s.Same(await b.GetAsync(Run), theirs.Lock, "B's lock");
    }
}
