namespace GitIntent.Reliability.Tests.Faulty;

/// <content>What only faults need.</content>
internal sealed partial class CoarseLocks
{
    private readonly HashSet<OwnerToken> _mine = [];
    private long _count;

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
        lock (data.Gate)
            return data.Locks.RemoveAll(l => Same(l.Key, key)) > 0;
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
