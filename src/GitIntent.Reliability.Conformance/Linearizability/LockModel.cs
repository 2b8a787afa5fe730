namespace GitIntent.Reliability.Conformance.Linearizability;

internal enum LockVerb
{
    Acquire,
    Release,
    Extend,
    Get,
    Force,
}

/// <summary>A call of a lock and its result. The store's clock showed some time from <paramref name="From"/> to <paramref name="To"/> when it took effect.</summary>
/// <param name="Peak">The latest time that it had ever shown by then: a lock that had expired at that time may be gone, although the clock was set back.</param>
internal sealed record LockOperation(
    LockVerb Verb, OwnerToken Owner, TimeSpan Ttl, bool Shorten, bool Yes, RunLock? Lock, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Peak, RecordedCall Call) : ITimedOperation
{
    public long Invoked => Call.Invoked;

    public long Returned => Call.Returned;
}

/// <summary>A lock: nobody's (fence 0), or an owner's until a time that, after an extend, is known only to lie between two.</summary>
internal readonly record struct LockState(OwnerToken Owner, long Fence, DateTimeOffset EndsFrom, DateTimeOffset EndsTo, long HighestFence);

/// <summary>What a lock does, call after call. It allows whatever some time of the call explains, and so never blames a correct implementation.</summary>
internal sealed class LockModel : ISequentialModel<LockState, LockOperation>
{
    public LockState Initial => default;

    public bool TryApply(LockState before, LockOperation o, out LockState after)
    {
        after = before;
        var mayBeHeld = before.Fence > 0 && o.From < before.EndsTo;
        var mayBeFree = before.Fence == 0 || o.Peak >= before.EndsFrom;
        var mine = before.Owner == o.Owner;
        switch (o.Verb)
        {
            case LockVerb.Acquire when o.Yes && mayBeHeld && mine && o.Lock!.Fence == before.Fence:
                return Narrow(before, o.Lock, out after);
            case LockVerb.Acquire when o.Yes:
                after = new LockState(o.Owner, o.Lock!.Fence, o.Lock.ExpiresAt, o.Lock.ExpiresAt, o.Lock.Fence);
                return mayBeFree && o.Lock.Fence > before.HighestFence
                    && o.From <= o.Lock.AcquiredAt && o.Lock.AcquiredAt <= o.To && o.Lock.ExpiresAt - o.Lock.AcquiredAt == o.Ttl;
            case LockVerb.Acquire:
                return mayBeHeld && !mine && o.Lock!.Fence == before.Fence && Narrow(before, o.Lock, out after);
            case LockVerb.Release when o.Yes:
                after = Free(before);
                return mayBeHeld && mine;
            case LockVerb.Force when o.Yes:
                after = Free(before);
                return mayBeHeld;
            case LockVerb.Extend when o.Yes:
                after = Extended(before, o);
                return mayBeHeld && mine;
            case LockVerb.Release or LockVerb.Extend:
                return mayBeFree || !mine;
            case LockVerb.Force:
                return mayBeFree;
            case LockVerb.Get when o.Lock is null:
                return mayBeFree;
            default:
                return mayBeHeld && o.Lock!.Fence == before.Fence && Narrow(before, o.Lock, out after);
        }
    }

    private static LockState Free(LockState before) => new(default, 0, default, default, before.HighestFence);

    private static LockState Extended(LockState before, LockOperation o)
    {
        var (from, to) = (o.From + o.Ttl, o.To + o.Ttl);
        return o.Shorten ? before with { EndsFrom = from, EndsTo = to } : before with { EndsFrom = Later(from, before.EndsFrom), EndsTo = Later(to, before.EndsTo) };
    }

    private static bool Narrow(LockState before, RunLock seen, out LockState after)
    {
        after = before with { EndsFrom = seen.ExpiresAt, EndsTo = seen.ExpiresAt };
        return before.EndsFrom <= seen.ExpiresAt && seen.ExpiresAt <= before.EndsTo;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
