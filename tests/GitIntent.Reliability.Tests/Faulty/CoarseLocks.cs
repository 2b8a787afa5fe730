namespace GitIntent.Reliability.Tests.Faulty;

internal sealed partial class CoarseLocks(CoarseData data, Fault? fault, bool later, ReliabilityOptions options) : RunLockManager(options)
{
    protected override async ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (await SpoiltAsync(request) is { } spoilt)
            return spoilt;
        if (fault == Fault.AcquireChecksThenSets)
        {
            if (Find(request.Key) is { } seen && seen.Owner != request.Owner)
                return LockReply.Refused(seen.Lock, data.Now);
            await Race.LaterAsync();
            lock (data.Gate)
            {
                data.Locks.RemoveAll(l => Same(l.Key, request.Key));
                return Take(request);
            }
        }

        lock (data.Gate)
        {
            var now = data.Now;
            if (fault == Fault.FenceDrawnAtRequest)
                data.Drawn.TryAdd(request.Owner, ++data.Counter);
            if (Find(request.Key) is not { } there)
                return IsReserved(request) ? LockReply.Refused(data.Last!, now) : Take(request);
            if (there is { } held)
            {
                if (fault == Fault.HolderReenters && held.Lock.HolderId == request.HolderId)
                    return Repeat(held, request);
                if (held.Owner == request.Owner && fault != Fault.RepeatedRequestRefused)
                    return Repeat(held, request);
                if (fault == Fault.LoserExtendsHolder)
                    Replace(held, held.Lock with { ExpiresAt = now + request.Ttl });
                if (fault != Fault.AcquireSteals)
                    return Refuse(held, request, now);
            }

            data.Locks.RemoveAll(l => Same(l.Key, request.Key));
            return Take(request);
        }
    }

    private LockReply Take(LockRequest request)
    {
        var before = data.Locks.LastOrDefault(l => Same(l.Key, request.Key))?.Lock;
        data.Locks.RemoveAll(l => Same(l.Key, request.Key));
        var now = data.Now;
        var ttl = fault switch
        {
            Fault.TtlInSeconds => TimeSpan.FromSeconds(Math.Ceiling(request.Ttl.TotalSeconds)),
            Fault.TtlIgnored => TimeSpan.FromSeconds(60),
            Fault.TtlCapped when request.Ttl > TimeSpan.FromDays(24) => TimeSpan.FromDays(24),
            _ => request.Ttl,
        };
        var fence = fault switch
        {
            Fault.FenceConstant => 1,
            Fault.FenceIsClock => now.UtcTicks,
            Fault.FencePerRun => data.Locks.Count + 1,
            Fault.FenceDrawnAtRequest or Fault.FenceUnsynchronised => data.Drawn[request.Owner],
            Fault.FencePerProcess => ++_count,
            Fault.FenceWraps => (++data.Counter % 1024) + 1,
            Fault.FenceReusedAfterForce when data.Last is { } forced => forced.Fence,
            _ => ++data.Counter,
        };
        data.Counter = Math.Max(data.Counter, fence);
        var shown = new RunLock(request.Key.RunId, fault == Fault.TenantForgottenInRecord ? "default" : request.Key.Tenant!, request.HolderId, fence, now, now + ttl, fault == Fault.ReasonLost ? null : request.Reason);
        shown = fault switch
        {
            Fault.ReasonCut => shown with { Reason = shown.Reason?[..Math.Min(255, shown.Reason.Length)] },
            Fault.TakeoverKeepsReason => shown with { Reason = before?.Reason ?? shown.Reason },
            _ => shown,
        };
        if (fault == Fault.TokenInReason)
            shown = shown with { Reason = $"{request.Reason} {request.Owner.Reveal()}" };
        data.Locks.Add(new HeldLock(request.Key, request.Owner, shown));
        _mine.Add(request.Owner);
        data.Former.Add((request.Key, request.Owner));
        if (fault == Fault.LocksEvicted && data.Locks.Count > 1_000)
            data.Locks.RemoveAt(0);
        return LockReply.Taken(fence, shown.AcquiredAt, shown.ExpiresAt);
    }

    private LockReply Repeat(HeldLock held, LockRequest request)
    {
        if (fault == Fault.RepeatedRequestNewFence)
            held = Replace(held, held.Lock with { Fence = ++data.Counter });
        if (fault == Fault.RepeatedRequestExtends)
            held = Replace(held, held.Lock with { ExpiresAt = data.Now + request.Ttl, AcquiredAt = data.Now });
        if (fault == Fault.RepetitionChangesReason)
            held = Replace(held, held.Lock with { Reason = request.Reason });
        if (fault == Fault.RepeatedAnsweredAsNew)
            return LockReply.Taken(held.Lock.Fence, held.Lock.AcquiredAt, held.Lock.ExpiresAt);
        return LockReply.HeldAlready(held.Lock.Fence, held.Lock.AcquiredAt, held.Lock.ExpiresAt, data.Now);
    }

    private RunLock Shown(HeldLock held) => fault switch
    {
        Fault.LoserNotToldWho => held.Lock with { HolderId = "holder-?" },
        Fault.LoserNotToldUntil => held.Lock with { ExpiresAt = held.Lock.ExpiresAt.AddSeconds(1) },
        _ => held.Lock,
    };

    protected override async ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault is Fault.ReleaseChecksThenDeletes or Fault.ReleaseAlwaysYes)
            return await ReleaseInTwoStepsAsync(key, owner);
        lock (data.Gate)
        {
            if (Find(key, fault == Fault.ExpiredReleaseSucceeds) is not { } held)
                return fault == Fault.ReleaseThrowsWhenGone ? throw new InvalidOperationException("not locked") : fault == Fault.ReleaseOfNothingTrue;
            if (held.Owner != owner && fault != Fault.ReleaseByAnyone && !(fault == Fault.ReleaseByManagersName && held.Lock.HolderId == HolderId))
            {
                if (fault == Fault.WrongReleaseTrue)
                    return true;
                return false;
            }

            if (fault == Fault.ReleaseInBackground)
                _ = RemoveLaterAsync(held);
            else if (fault != Fault.ReleaseKeepsLock)
                data.Locks.Remove(held);
            data.Tell();
            if (fault == Fault.FenceResetOnRelease)
                data.Counter = data.Locks.Count == 0 ? 0 : data.Counter;
            return fault != Fault.ReleaseReturnsFalse;
        }
    }

    protected override async ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault == Fault.ExtendUnsynchronised)
            return ExtendUnsynchronised(key, owner, ttl, allowShorten);
        lock (data.Gate)
        {
            if (Find(key, fault == Fault.ExtendRevives) is not { } held || (held.Owner != owner && fault != Fault.ExtendByAnyone && !(fault == Fault.FormerOwnersExtend && data.Former.Contains((key, owner)))))
                return fault == Fault.ExtendThrowsWhenGone ? throw new InvalidOperationException("not locked") : fault == Fault.ExtendIsUpsert && _mine.Contains(owner) ? Revived(key, owner, ttl) : null;
            if (fault == Fault.ExtendByOriginalTtl)
                ttl = held.Lock.ExpiresAt - held.Lock.AcquiredAt < TimeSpan.FromSeconds(60) ? ttl : TimeSpan.FromSeconds(60);
            var ends = (fault == Fault.ExtendAddsUp ? held.Lock.ExpiresAt : data.Now) + ttl;
            if (!allowShorten && ends <= held.Lock.ExpiresAt && fault != Fault.ExtendShortens)
                return fault == Fault.ExtendAnswersAsked ? ends : held.Lock.ExpiresAt;
            if (fault == Fault.ExtendNotStored)
                return ends;
            if (fault == Fault.ExtendCapped && ends > held.Lock.AcquiredAt.AddDays(1))
                ends = held.Lock.AcquiredAt.AddDays(1);
            var next = held.Lock with { ExpiresAt = ends };
            if (fault == Fault.ExtendIgnoresShorten && ends < held.Lock.ExpiresAt)
                return held.Lock.ExpiresAt;
            if (fault == Fault.ExtendNewFence)
                next = next with { Fence = ++data.Counter };
            if (fault == Fault.ExtendResetsSince)
                next = next with { AcquiredAt = data.Now };
            return Replace(held, next).Lock.ExpiresAt;
        }
    }

    protected override async ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            var found = Find(key, fault == Fault.GetShowsExpired)?.Lock;
            return fault != Fault.GetCached || _cached.TryAdd(key, found) ? found : _cached[key];
        }
    }

    protected override async ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            Find(default);
            var listed = data.Locks.Where(l => (l.Key.Tenant == tenant || fault == Fault.ListAllTenants || (fault == Fault.TenantsListedByPrefix && l.Key.Tenant!.StartsWith(tenant, StringComparison.Ordinal))) && (Live(l) || fault == Fault.ListShowsExpired)).Select(static l => l.Lock);
            return fault switch
            {
                Fault.ListUnordered => [.. listed],
                Fault.ListForgetsReason => [.. listed.OrderBy(static l => l.RunId, StringComparer.Ordinal).Select(static l => l with { Reason = null })],
                Fault.ListFirstHundred => [.. listed.OrderBy(static l => l.RunId, StringComparer.Ordinal).Take(100)],
                Fault.ListBySeconds => [.. listed.Where(l => data.Now.ToUnixTimeSeconds() < l.ExpiresAt.ToUnixTimeSeconds()).OrderBy(static l => l.RunId, StringComparer.Ordinal)],
                Fault.ListIsLive => data.Live(listed.OrderBy(static l => l.RunId, StringComparer.Ordinal)),
                Fault.ListIgnoresCase => [.. listed.OrderBy(static l => l.RunId, StringComparer.OrdinalIgnoreCase)],
                _ => [.. listed.OrderBy(static l => l.RunId, StringComparer.Ordinal)],
            };
        }
    }

    protected override async ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            if (Find(key, fault == Fault.ForceOfExpiredTrue) is not { } held || (fault == Fault.ForceOwnProcessOnly && !_mine.Contains(held.Owner)))
                return false;
            if (fault == Fault.ForceByPrefix)
                return data.Locks.RemoveAll(l => l.Key.Tenant == key.Tenant && l.Key.RunId.StartsWith(key.RunId, StringComparison.Ordinal)) > 0;
            data.Last = held.Lock;
            if (fault != Fault.ForceTellsNobody)
                data.Tell();
            if (fault == Fault.ForceAllTenants)
                return data.Locks.RemoveAll(l => l.Key.RunId == key.RunId) > 0;
            if (fault == Fault.ForceOnlyExpires)
                Replace(held, held.Lock with { ExpiresAt = data.Now.AddMilliseconds(1) });
            else
                data.Locks.Remove(held);
            return fault != Fault.ForceReturnsFalse;
        }
    }

    protected override Task WaitForReleaseHintAsync(RunKey key, TimeSpan pollInterval, CancellationToken cancellationToken) => fault switch
    {
        Fault.WaiterNotTold or Fault.RemainingIsTtl => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider, cancellationToken),
        Fault.ForceTellsNobody => data.NextAsync(cancellationToken),
        Fault.HintListensLate => ListenLateAsync(cancellationToken),
        Fault.HintAtOnce => Task.Run(static () => { }, cancellationToken),
        _ => base.WaitForReleaseHintAsync(key, pollInterval, cancellationToken),
    };

    private async ValueTask LaterAsync()
    {
        if (later)
            await Task.Yield();
    }

    private HeldLock? Find(RunKey key, bool expired = false) => Swept().Locks.ToArray().LastOrDefault(l => l is not null && Same(l.Key, key) && (expired || Live(l)));

    private bool Live(HeldLock held) => fault switch
    {
        Fault.HeldAtExpiry => data.Now <= held.Lock.ExpiresAt,
        Fault.ExpiresEarly => data.Now < held.Lock.ExpiresAt.AddMilliseconds(-1),
        Fault.NeverExpires => true,
        Fault.TtlInMilliseconds => data.Now < held.Lock.AcquiredAt + ((held.Lock.ExpiresAt - held.Lock.AcquiredAt) / 1000),
        Fault.ExpiryByOriginalLease => data.Now < held.Lock.AcquiredAt.AddSeconds(60) && data.Now < held.Lock.ExpiresAt,
        Fault.SecondsOnly => data.Now.ToUnixTimeSeconds() < held.Lock.ExpiresAt.ToUnixTimeSeconds(),
        _ => data.Now < held.Lock.ExpiresAt,
    };

    private bool Same(RunKey a, RunKey b) => fault switch
    {
        Fault.LockKeyIgnoresTenant => a.RunId == b.RunId,
        Fault.LockKeyIgnoresCase => a.Tenant == b.Tenant && string.Equals(a.RunId, b.RunId, StringComparison.OrdinalIgnoreCase),
        Fault.LockKeyTrims => a.Tenant == b.Tenant && a.RunId.Trim() == b.RunId.Trim(),
        Fault.LockKeyCut => a.Tenant == b.Tenant && a.RunId[..Math.Min(255, a.RunId.Length)] == b.RunId[..Math.Min(255, b.RunId.Length)],
        Fault.LockTenantIgnoresCase => a.RunId == b.RunId && string.Equals(a.Tenant, b.Tenant, StringComparison.OrdinalIgnoreCase),
        Fault.TenantCut => a.RunId == b.RunId && a.Tenant?[..Math.Min(255, a.Tenant.Length)] == b.Tenant?[..Math.Min(255, b.Tenant.Length)],
        Fault.HashedKey => a.Tenant == b.Tenant && Hash(a.RunId) == Hash(b.RunId),
        Fault.LockKeyJoined => $"{a.Tenant}/{a.RunId}" == $"{b.Tenant}/{b.RunId}",
        Fault.LockKeyNormalized => a.Tenant == b.Tenant && a.RunId.Replace("e\u0301", "é", StringComparison.Ordinal) == b.RunId.Replace("e\u0301", "é", StringComparison.Ordinal),
        _ => a == b,
    };

    private HeldLock Replace(HeldLock held, RunLock next)
    {
        data.Locks.Remove(held);
        var replaced = held with { Lock = next };
        data.Locks.Add(replaced);
        return replaced;
    }
}
