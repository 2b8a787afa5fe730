namespace GitIntent.Reliability.Tests.Faulty;

/// <content>What only faults need.</content>
internal sealed partial class CoarseLocks
{
    private readonly HashSet<OwnerToken> _mine = [];
    private readonly Dictionary<RunKey, RunLock?> _cached = [];
    private long _count;

    /// <summary>What a fault makes of a request before it is looked at.</summary>
    private async ValueTask<LockReply?> SpoiltAsync(LockRequest request)
    {
        HeldLock? there;
        bool expired;
        lock (data.Gate)
        {
            there = Find(request.Key);
            expired = there is null && data.Locks.Exists(l => l.Key == request.Key);
        }

        switch (fault)
        {
            case Fault.RefusalsCached when _cached.TryGetValue(request.Key, out var refused) && data.Now < refused!.ExpiresAt:
                return LockReply.Refused(refused, data.Now);
            case Fault.AcquireUnsynchronised when there is null:
                Race.Widen();
                lock (data.Gate)
                    return Take(request);
            case Fault.HeirChecksThenTakes when expired:
                await Race.LaterAsync();
                Race.Widen();
                lock (data.Gate)
                    return Take(request);
            case Fault.FenceUnsynchronised:
                var next = data.Counter + 1;
                Race.Widen();
                lock (data.Gate)
                    data.Drawn[request.Owner] = data.Counter = next;
                return null;
        }

        lock (data.Gate)
        {
            var now = data.Now;
            switch (fault)
            {
                case Fault.HeldByTokenAlone when data.Locks.LastOrDefault(l => l.Owner == request.Owner && Live(l)) is { } mine:
                    return LockReply.HeldAlready(mine.Lock.Fence, mine.Lock.AcquiredAt, mine.Lock.ExpiresAt, now);
                case Fault.Striped when data.Locks.LastOrDefault(l => Live(l) && l.Key != request.Key && l.Key.RunId.Length % 8 == request.Key.RunId.Length % 8) is { } other:
                    return LockReply.Refused(other.Lock, now);
                case Fault.ReacquireRevives when data.Locks.LastOrDefault(l => l.Key == request.Key && l.Owner == request.Owner && !Live(l)) is { } old:
                    var revived = Replace(old, old.Lock with { ExpiresAt = now + request.Ttl }).Lock;
                    return LockReply.HeldAlready(revived.Fence, revived.AcquiredAt, revived.ExpiresAt, now);
                default:
                    return null;
            }
        }
    }

    private static int Hash(string? id) => (id ?? "").Aggregate(17, static (hash, c) => unchecked((hash * 31) + c)) & 0xFFFF;

    private CoarseData Swept()
    {
        if (fault == Fault.ExpiryClearsAll && data.Locks.Exists(l => data.Now >= l.Lock.ExpiresAt))
            data.Locks.Clear();
        return data;
    }

    private async Task ListenLateAsync(CancellationToken cancellationToken)
    {
        await Race.LaterAsync();
        await data.NextAsync(cancellationToken);
    }

    private LockReply Refuse(HeldLock held, LockRequest request, DateTimeOffset now)
    {
        switch (fault)
        {
            case Fault.RefusedAreQueued:
                data.Waiting.Add((request.Key, request.Owner));
                break;
            case Fault.LastRefusedIsNext:
                data.Waiting.RemoveAll(w => w.Key == request.Key);
                data.Waiting.Add((request.Key, request.Owner));
                break;
            case Fault.LoserBumpsFence:
                held = Replace(held, held.Lock with { Fence = ++data.Counter });
                break;
            case Fault.RefusalsCached:
                _cached[request.Key] = held.Lock;
                break;
            case Fault.ConflictThrown:
                throw new GwiException(ErrorCode.Conflict, $"{request.Key} is locked.");
        }

        data.Last = held.Lock;
        return LockReply.Refused(Shown(held), fault == Fault.RemainingIsTtl ? held.Lock.AcquiredAt : now);
    }

    /// <summary>Whether a lock that nobody holds is kept for somebody who was refused.</summary>
    private bool IsReserved(LockRequest request)
    {
        if (fault is not (Fault.RefusedAreQueued or Fault.LastRefusedIsNext) || data.Waiting.FindIndex(w => w.Key == request.Key) is not (>= 0 and var first))
            return false;
        if (data.Waiting[first].Owner != request.Owner)
            return true;
        data.Waiting.RemoveAt(first);
        return false;
    }

    private DateTimeOffset Revived(RunKey key, OwnerToken owner, TimeSpan ttl) =>
        Take(new LockRequest(key, owner, "holder-A", ttl, null)).ExpiresAt;

    private async Task RemoveLaterAsync(HeldLock held)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider);
        lock (data.Gate)
            data.Locks.Remove(held);
    }

    private async ValueTask<bool> ReleaseInTwoStepsAsync(RunKey key, OwnerToken owner)
    {
        lock (data.Gate)
        {
            if (Find(key) is not { } held || held.Owner != owner)
                return false;
        }

        await Race.LaterAsync();
        if (fault == Fault.ReleaseAlwaysYes)
            Race.Widen();
        lock (data.Gate)
            return data.Locks.RemoveAll(l => Same(l.Key, key)) > 0 || fault == Fault.ReleaseAlwaysYes;
    }

    private DateTimeOffset? ExtendUnsynchronised(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten)
    {
        HeldLock held;
        lock (data.Gate)
        {
            if (Find(key) is not { } there || there.Owner != owner)
                return null;
            held = there;
        }

        Race.Widen();
        lock (data.Gate)
        {
            var ends = data.Now + ttl;
            data.Locks.RemoveAll(l => Same(l.Key, key));
            return Replace(held, held.Lock with { ExpiresAt = allowShorten || ends > held.Lock.ExpiresAt ? ends : held.Lock.ExpiresAt }).Lock.ExpiresAt;
        }
    }
}
