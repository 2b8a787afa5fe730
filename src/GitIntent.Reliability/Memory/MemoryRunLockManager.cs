namespace GitIntent.Reliability;

/// <summary>Locks within one process.</summary>
public sealed class MemoryRunLockManager : RunLockManager
{
    private readonly MemoryLocks _locks;

    /// <summary>Creates a manager on a store of its own.</summary>
    /// <param name="options">Clock, tenant, log.</param>
    public MemoryRunLockManager(ReliabilityOptions? options = null)
        : this(new MemoryStore(options?.TimeProvider), options)
    {
    }

    /// <summary>Creates a manager on <paramref name="store"/>.</summary>
    /// <param name="store">The data, and the clock that decides.</param>
    /// <param name="options">Clock of timers, tenant, log.</param>
    public MemoryRunLockManager(MemoryStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _locks = store.Locks;
    }

    /// <inheritdoc/>
    protected override ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken) => new(_locks.Acquire(request));

    /// <inheritdoc/>
    protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => new(_locks.Release(key, owner));

    /// <inheritdoc/>
    protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) =>
        new(_locks.Extend(key, owner, ttl, allowShorten));

    /// <inheritdoc/>
    protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => new(_locks.Get(key));

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => new(_locks.List(tenant));

    /// <inheritdoc/>
    protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => new(_locks.ForceRelease(key));

    /// <inheritdoc/>
    protected override Task WaitForReleaseHintAsync(RunKey key, TimeSpan pollInterval, CancellationToken cancellationToken) => _locks.Hints.NextAsync(key, cancellationToken);
}
