using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitIntent.Reliability;

/// <summary>
/// Locks on runs: one holder at a time, until it releases or its lease ends, each acquisition with a fencing token that only ever grows.
/// A store implements the protected core, one round trip each; waiting, renewal and validation are here, the same for every store.
/// </summary>
/// <remarks>Thread-safe. All ids and durations are checked before the store is asked; what is not acceptable is a <see cref="GwiValidationException"/>.</remarks>
public abstract partial class RunLockManager
{
    private readonly WaitQueues _queues = new();

    /// <summary>Creates a manager.</summary>
    /// <param name="options">Clock, tenant, log.</param>
    /// <exception cref="GwiValidationException">The tenant is not acceptable.</exception>
    protected RunLockManager(ReliabilityOptions? options = null)
    {
        options ??= ReliabilityOptions.Default;
        TimeProvider = options.TimeProvider;
        Tenant = Identifiers.Required(options.Tenant, "tenant");
        Logger = (ILogger?)options.LoggerFactory?.CreateLogger(typeof(RunLockManager).FullName!) ?? NullLogger.Instance;
        HolderId = NewHolderId();
    }

    /// <summary>The tenant of keys that name none.</summary>
    public string Tenant { get; }

    /// <summary>Who this manager's locks are held by unless the options say otherwise: <c>holder-</c>, the machine, the process, and four random bytes.</summary>
    public string HolderId { get; }

    /// <summary>The process's clock: its timers, its monotonic time.</summary>
    protected internal TimeProvider TimeProvider { get; }

    /// <summary>Where failures go that may not reach the caller.</summary>
    protected internal ILogger Logger { get; }

    /// <summary>Acquires the lock, waiting for it as long as the options say.</summary>
    /// <param name="key">The run.</param>
    /// <param name="options">Time to live, time to wait, reason.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The held lock; dispose of it to release.</returns>
    /// <exception cref="LockConflictException">Somebody else holds it, and held it until the wait was over.</exception>
    /// <exception cref="GwiValidationException">A key or an option is not acceptable.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<RunLockHandle> AcquireAsync(RunKey key, RunLockOptions? options = null, CancellationToken cancellationToken = default)
    {
        var attempt = TryAcquireAsync(key, options, cancellationToken);
        if (!attempt.IsCompletedSuccessfully)
            return OrThrow(attempt);
        var done = attempt.Result;
        return done.Acquired ? new(done.Handle) : ValueTask.FromException<RunLockHandle>(done.ToException());

        static async ValueTask<RunLockHandle> OrThrow(ValueTask<LockAttempt> pending)
        {
            var ended = await pending.ConfigureAwait(false);
            return ended.Handle ?? throw ended.ToException();
        }
    }

    /// <summary>As <see cref="AcquireAsync"/>, with somebody else's lock as a result instead of an exception.</summary>
    /// <inheritdoc cref="AcquireAsync"/>
    public ValueTask<LockAttempt> TryAcquireAsync(RunKey key, RunLockOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = (options ?? RunLockOptions.Default).Checked();
        key = key.In(Tenant);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<LockAttempt>(cancellationToken);
        var owner = options.OwnerToken.IsEmpty ? OwnerToken.Create() : options.OwnerToken;
        var request = new LockRequest(key, owner, options.HolderId ?? HolderId, options.Ttl, options.Reason);
        var sent = TimeProvider.GetTimestamp();
        var wait = options.WaitTimeout != TimeSpan.Zero;
        if (wait && _queues.Any(key))
            return WaitAsync(request, options, null, null, sent, cancellationToken);

        var pending = AcquireCoreAsync(request, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
            return wait ? WaitAsync(request, options, pending, null, sent, cancellationToken) : AcquireSlowlyAsync(pending, request, options, sent);
        var reply = pending.Result;
        if (reply.Fence > 0)
            return new(new LockAttempt(Hold(request, options, reply, sent)));
        return wait
            ? WaitAsync(request, options, null, reply.Existing, sent, cancellationToken)
            : new(Refused(key, reply.Existing, TimeSpan.Zero));
    }

    /// <summary>Releases the lock if <paramref name="owner"/> holds it.</summary>
    /// <returns>Whether it did; false for a wrong, expired or superseded owner.</returns>
    /// <exception cref="GwiValidationException">The key or the token is not acceptable.</exception>
    public ValueTask<bool> ReleaseAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken = default)
    {
        key = key.In(Tenant);
        var pending = ReleaseCoreAsync(key, owner.Checked(), cancellationToken);
        if (pending.IsCompletedSuccessfully)
            return new(Told(key, pending.Result));
        // The next in line may ask right behind the release, instead of after its acknowledgement; where it overtakes, it is told again.
        _queues.Released(key);
        return ReleaseSlowlyAsync(key, pending);
    }

    /// <summary>Lets the lock last <paramref name="ttl"/> from the store's now, if <paramref name="owner"/> still holds it.</summary>
    /// <param name="key">The run.</param>
    /// <param name="owner">The owner's token.</param>
    /// <param name="ttl">The new time to live.</param>
    /// <param name="allowShorten">False: a lock that lasts longer already stays as it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it is held; false for a wrong, expired or superseded owner. An expired lock is never revived.</returns>
    /// <exception cref="GwiValidationException">The key, the token or the time is not acceptable.</exception>
    public async ValueTask<bool> ExtendAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten = false, CancellationToken cancellationToken = default) =>
        await ExtendForAsync(key.In(Tenant), owner.Checked(), Durations.Lease(ttl, "ttl"), allowShorten, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The lock as it is, or null where nobody holds it.</summary>
    /// <exception cref="GwiValidationException">The key is not acceptable.</exception>
    public ValueTask<RunLock?> GetLockAsync(RunKey key, CancellationToken cancellationToken = default) => GetCoreAsync(key.In(Tenant), cancellationToken);

    /// <summary>The locks that are held, by run id in ordinal order.</summary>
    /// <param name="tenant">Null is this manager's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GwiValidationException">The tenant is not acceptable.</exception>
    public ValueTask<IReadOnlyList<RunLock>> ListLocksAsync(string? tenant = null, CancellationToken cancellationToken = default) =>
        ListCoreAsync(Identifiers.Optional(tenant, "tenant") ?? Tenant, cancellationToken);

    /// <summary>Releases the lock whoever holds it: for operators. The holder's writes are then refused by their fence.</summary>
    /// <returns>Whether it was held.</returns>
    /// <exception cref="GwiValidationException">The key is not acceptable.</exception>
    public async ValueTask<bool> ForceReleaseAsync(RunKey key, CancellationToken cancellationToken = default)
    {
        key = key.In(Tenant);
        return Told(key, await ForceReleaseCoreAsync(key, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes the lock unless somebody else holds it: one atomic step of the store, by the store's clock, with a new fence.</summary>
    protected abstract ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken);

    /// <summary>Removes the lock if this owner holds it and it has not expired.</summary>
    protected abstract ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken);

    /// <summary>Sets the end of the lease if this owner holds it and it has not expired.</summary>
    /// <returns>The end that the lease has now, or null where it is not held.</returns>
    protected abstract ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken);

    /// <summary>The lock, if it is held.</summary>
    protected abstract ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken);

    /// <summary>The tenant's locks that are held, by run id in ordinal order.</summary>
    protected abstract ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Removes the lock whoever holds it.</summary>
    protected abstract ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken);

    /// <summary>Completes when the lock may have been released. What it listens to has to be in place when the call returns, before the next attempt is made.</summary>
    /// <param name="key">The run.</param>
    /// <param name="pollInterval">After which a store that cannot tell completes anyway.</param>
    /// <param name="cancellationToken">The wait is over; completing as cancelled is fine.</param>
    protected virtual Task WaitForReleaseHintAsync(RunKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
        Task.Delay(Durations.ForTimer(pollInterval), TimeProvider, cancellationToken);

    internal ValueTask<DateTimeOffset?> ExtendForAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) =>
        ExtendCoreAsync(key, owner, ttl, allowShorten, cancellationToken);

    private static LockAttempt Refused(RunKey key, RunLock? existing, TimeSpan waited)
    {
        ReliabilityTelemetry.Count(ReliabilityTelemetry.LockConflicts, key.Tenant!);
        return new LockAttempt(key, existing, waited);
    }

    private bool Told(RunKey key, bool released)
    {
        if (released)
            _queues.Released(key);
        return released;
    }

    private async ValueTask<bool> ReleaseSlowlyAsync(RunKey key, ValueTask<bool> pending) => Told(key, await pending.ConfigureAwait(false));

    private RunLockHandle Hold(in LockRequest request, RunLockOptions options, in LockReply reply, long sent)
    {
        var handle = new RunLockHandle(this, request, options, reply, sent);
        ReliabilityTelemetry.Count(ReliabilityTelemetry.LocksAcquired, request.Key.Tenant!);
        if (options.AutoRenewCap is { } cap)
            handle.RenewUntil(cap);
        return handle;
    }

    private static string NewHolderId() => string.Create(CultureInfo.InvariantCulture,
        $"holder-{SafeText.WellFormed(Environment.MachineName)}-{Environment.ProcessId}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}");
}
