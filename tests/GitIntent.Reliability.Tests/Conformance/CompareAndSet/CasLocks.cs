namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

internal sealed class CasLocks(StateStore store, ReliabilityOptions options) : RunLockManager(options)
{
    protected override ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, there, now) = Look(seen, request.Key);
        if (there is not null)
        {
            return (state, there.Owner == request.Owner
                ? LockReply.HeldAlready(there.Lock.Fence, there.Lock.AcquiredAt, there.Lock.ExpiresAt, now)
                : LockReply.Refused(there.Lock, now));
        }

        var mine = new RunLock(request.Key.RunId, request.Key.Tenant!, request.HolderId, state.Counter + 1, now, now + request.Ttl, request.Reason);
        return (state with { Counter = mine.Fence, Locks = state.Locks.SetItem(request.Key, new CasLock(request.Owner, mine)) }, LockReply.Taken(mine.Fence, mine.AcquiredAt, mine.ExpiresAt));
    });

    protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => RemoveAsync(key, owner);

    protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => RemoveAsync(key, null);

    protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, there, now) = Look(seen, key);
        if (there?.Owner != owner)
            return (state, (DateTimeOffset?)null);
        var ends = allowShorten || now + ttl > there.Lock.ExpiresAt ? now + ttl : there.Lock.ExpiresAt;
        return (state with { Locks = state.Locks.SetItem(key, there with { Lock = there.Lock with { ExpiresAt = ends } }) }, ends);
    });

    protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, there, _) = Look(seen, key);
        return (state, there?.Lock);
    });

    protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var now = store.Now;
        var gone = seen.Locks.Where(l => l.Value.Lock.ExpiresAt <= now).Select(static l => l.Key).ToList();
        var state = gone.Count == 0 ? seen : seen with { Locks = seen.Locks.RemoveRange(gone) };
        return (state, (IReadOnlyList<RunLock>)[.. state.Locks.Values.Select(static l => l.Lock).Where(l => l.Tenant == tenant).OrderBy(static l => l.RunId, StringComparer.Ordinal)]);
    });

    protected override Task WaitForReleaseHintAsync(RunKey key, TimeSpan pollInterval, CancellationToken cancellationToken) => store.NextChange(pollInterval, cancellationToken);

    private async ValueTask<bool> RemoveAsync(RunKey key, OwnerToken? owner)
    {
        var removed = await store.SwapAsync(seen =>
        {
            var (state, there, _) = Look(seen, key);
            return there is null || (owner is { } mine && mine != there.Owner) ? (state, false) : (state with { Locks = state.Locks.Remove(key) }, true);
        });
        if (removed)
            store.Tell();
        return removed;
    }

    private (CasState State, CasLock? There, DateTimeOffset Now) Look(CasState seen, RunKey key)
    {
        var now = store.Now;
        var there = seen.Locks.GetValueOrDefault(key);
        return there is not null && there.Lock.ExpiresAt <= now ? (seen with { Locks = seen.Locks.Remove(key) }, null, now) : (seen, there, now);
    }
}
