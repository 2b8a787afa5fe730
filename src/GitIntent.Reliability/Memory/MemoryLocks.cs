using System.Runtime.InteropServices;

namespace GitIntent.Reliability;

internal sealed class MemoryLocks(MemoryStore store)
{
    private const int FirstSweep = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<RunKey, Held> _held = [];
    private int _sweepAt = FirstSweep;

    public HintBoard<RunKey> Hints { get; } = new();

    private DateTimeOffset Now => store.TimeProvider.GetUtcNow();

    public LockReply Acquire(in LockRequest request)
    {
        lock (_gate)
        {
            var now = Now;
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, request.Key, out var exists);
            if (exists && now < slot.ExpiresAt)
                return slot.Owner == request.Owner ? LockReply.HeldAlready(slot.Fence, slot.AcquiredAt, slot.ExpiresAt, now) : LockReply.Refused(slot.Of(request.Key), now);
            slot = new Held(request.Owner, request.HolderId, store.NextFence(), now, now + request.Ttl, request.Reason);
            var reply = LockReply.Taken(slot.Fence, slot.AcquiredAt, slot.ExpiresAt);
            if (_held.Count >= _sweepAt)
                Sweep(now);
            return reply;
        }
    }

    public bool Release(RunKey key, OwnerToken owner)
    {
        lock (_gate)
        {
            if (!_held.Remove(key, out var held))
                return false;
            if (held.Owner != owner)
            {
                _held.Add(key, held);
                return false;
            }

            if (Now >= held.ExpiresAt)
                return false;
        }

        Hints.Signal(key);
        return true;
    }

    public DateTimeOffset? Extend(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten)
    {
        lock (_gate)
        {
            var now = Now;
            ref var slot = ref CollectionsMarshal.GetValueRefOrNullRef(_held, key);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref slot) || slot.Owner != owner || now >= slot.ExpiresAt)
                return null;
            var ends = now + ttl;
            if (allowShorten || ends > slot.ExpiresAt)
                slot = slot with { ExpiresAt = ends };
            return slot.ExpiresAt;
        }
    }

    public RunLock? Get(RunKey key)
    {
        lock (_gate)
            return _held.TryGetValue(key, out var held) && Now < held.ExpiresAt ? held.Of(key) : null;
    }

    public IReadOnlyList<RunLock> List(string tenant)
    {
        lock (_gate)
        {
            var now = Now;
            return [.. _held.Where(p => now < p.Value.ExpiresAt && p.Key.Tenant == tenant).Select(p => p.Value.Of(p.Key)).OrderBy(l => l.RunId, StringComparer.Ordinal)];
        }
    }

    public bool ForceRelease(RunKey key)
    {
        lock (_gate)
        {
            if (!_held.Remove(key, out var held) || Now >= held.ExpiresAt)
                return false;
        }

        Hints.Signal(key);
        return true;
    }

    /// <summary>Locks of holders that died are overwritten when their run comes again, and removed here when it does not.</summary>
    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, held) in _held)
        {
            if (now >= held.ExpiresAt)
                _held.Remove(key);
        }

        _sweepAt = Math.Max(FirstSweep, _held.Count * 2);
    }

    private readonly record struct Held(OwnerToken Owner, string HolderId, long Fence, DateTimeOffset AcquiredAt, DateTimeOffset ExpiresAt, string? Reason)
    {
        public RunLock Of(RunKey key) => new(key.RunId, key.Tenant!, HolderId, Fence, AcquiredAt, ExpiresAt, Reason);
    }
}
