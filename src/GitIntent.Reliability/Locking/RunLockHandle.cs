using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Reliability;

/// <summary>A held lock. Dispose of it to release; put its <see cref="Fence"/> into every write that the lock protects.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is asynchronously; the renewal ends with the release.")]
public sealed class RunLockHandle : IAsyncDisposable
{
    private readonly RunLockManager _manager;
    private readonly RunKey _key;
    private readonly RunLockOptions _options;
    private readonly string _holderId;
    private readonly DateTimeOffset _acquiredAt;
    private readonly long _acquired;
    private long _expiresTicks;
    private long _validUntil;
    private int _state; // 0 held, 1 released, 2 lost
    private LeaseWatch? _watch;
    private LeaseRenewal? _renewal;

    internal RunLockHandle(RunLockManager manager, in LockRequest request, RunLockOptions options, in LockReply reply, long sent)
    {
        _manager = manager;
        _key = request.Key;
        _options = options;
        _holderId = request.HolderId;
        OwnerToken = request.Owner;
        Fence = reply.Fence;
        _acquiredAt = reply.AcquiredAt;
        _acquired = sent;
        _expiresTicks = reply.ExpiresAt.UtcTicks;
        _validUntil = Until(sent, reply.Remaining > TimeSpan.Zero ? reply.Remaining : options.Ttl);
    }

    /// <summary>The run.</summary>
    public string RunId => _key.RunId;

    /// <summary>The run's tenant.</summary>
    public string Tenant => _key.Tenant!;

    /// <summary>Who holds it, as others see it.</summary>
    public string HolderId => _holderId;

    /// <summary>The fencing token: greater than that of every earlier acquisition in the store, whatever became of it.</summary>
    public long Fence { get; }

    /// <summary>The secret that releases and extends the lock from anywhere.</summary>
    public OwnerToken OwnerToken { get; }

    /// <summary>When the lease ends, by the store's clock, as far as this handle knows.</summary>
    public DateTimeOffset ExpiresAt => new(Volatile.Read(ref _expiresTicks), TimeSpan.Zero);

    /// <summary>The lock as everybody may see it.</summary>
    public RunLock Lock => new(RunId, Tenant, _holderId, Fence, _acquiredAt, ExpiresAt, _options.Reason);

    /// <summary>Whether the lock is known to be lost, or its lease to be over by this process's monotonic clock.</summary>
    public bool IsLost => Volatile.Read(ref _state) == 2 || (Volatile.Read(ref _state) == 0 && Remaining <= TimeSpan.Zero);

    /// <summary>
    /// Fires when the lock is lost: when the store says so, and at the latest by a local timer at the monotonic time when the last granted request was
    /// sent, plus its time to live, less the margin, whatever the network is doing. It does not fire for a lock that was released.
    /// </summary>
    public CancellationToken LostToken
    {
        get
        {
            if (Volatile.Read(ref _watch) is { } there)
                return there.Token;
            var watch = new LeaseWatch(() => Remaining, MarkLost, _manager.TimeProvider, _manager.Logger);
            if (Interlocked.CompareExchange(ref _watch, watch, null) is { } other)
                return other.Token;
            if (IsLost)
                watch.Fire();
            else if (Volatile.Read(ref _state) == 0)
                watch.Arm();
            return watch.Token;
        }
    }

    internal RunLockManager Manager => _manager;

    internal TimeSpan Ttl => _options.Ttl;

    internal TimeSpan HeldFor => _manager.TimeProvider.GetElapsedTime(_acquired);

    internal TimeSpan Remaining => _manager.TimeProvider.GetElapsedTime(_manager.TimeProvider.GetTimestamp(), Volatile.Read(ref _validUntil));

    /// <summary>Lets the lock last <paramref name="ttl"/> from now.</summary>
    /// <param name="ttl">Null is the time to live that it was acquired with.</param>
    /// <param name="allowShorten">False: a lock that lasts longer already stays as it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it is held. False is final: <see cref="LostToken"/> fires.</returns>
    /// <exception cref="GwiValidationException">The time is not acceptable.</exception>
    public async ValueTask<bool> ExtendAsync(TimeSpan? ttl = null, bool allowShorten = false, CancellationToken cancellationToken = default)
    {
        var time = Durations.Lease(ttl ?? _options.Ttl, "ttl");
        if (Volatile.Read(ref _state) != 0)
            return false;
        var sent = _manager.TimeProvider.GetTimestamp();
        if (await _manager.ExtendForAsync(_key, OwnerToken, time, allowShorten, cancellationToken).ConfigureAwait(false) is not { } ends)
        {
            MarkLost();
            return false;
        }

        Volatile.Write(ref _expiresTicks, ends.UtcTicks);
        var until = Until(sent, time);
        Volatile.Write(ref _validUntil, allowShorten ? until : Math.Max(until, Volatile.Read(ref _validUntil)));
        Volatile.Read(ref _watch)?.Arm();
        return true;
    }

    /// <summary>Releases the lock. A second call asks nothing.</summary>
    /// <returns>Whether it was still held; false where it had been lost, and on every further call.</returns>
    public ValueTask<bool> ReleaseAsync(CancellationToken cancellationToken = default)
    {
        var before = Interlocked.CompareExchange(ref _state, 1, 0);
        if (before == 1)
            return new(false);
        Volatile.Read(ref _renewal)?.Dispose();
        Volatile.Read(ref _watch)?.Stop();
        return _manager.ReleaseAsync(_key, OwnerToken, cancellationToken);
    }

    /// <summary>Releases the lock. A failure is logged and not thrown: it must not mask what was done under the lock.</summary>
    public ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _state) == 1)
            return default;
        var pending = _manager.ReleaseQuietlyAsync(this);
        if (!pending.IsCompletedSuccessfully)
            return new(pending.AsTask());
        _ = pending.Result;
        return default;
    }

    internal void RenewUntil(TimeSpan cap)
    {
        _renewal = new LeaseRenewal(
            token => cap - HeldFor is var left && left >= Durations.Min ? ExtendAsync(left < Ttl ? left : Ttl, false, token) : new(false),
            Remaining < Ttl ? Remaining : Ttl, Ttl, _manager.TimeProvider, _manager.Logger);
    }

    internal void MarkLost()
    {
        if (Interlocked.CompareExchange(ref _state, 2, 0) != 0)
            return;
        ReliabilityTelemetry.Count(ReliabilityTelemetry.LocksLost, Tenant);
        Volatile.Read(ref _watch)?.Fire();
    }

    private long Until(long sent, TimeSpan ttl)
    {
        var time = ttl - _options.MarginOf(ttl);
        var frequency = _manager.TimeProvider.TimestampFrequency;
        return sent + (frequency == TimeSpan.TicksPerSecond ? time.Ticks : (long)(time.TotalSeconds * frequency));
    }
}
