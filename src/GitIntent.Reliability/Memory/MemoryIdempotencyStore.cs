namespace GitIntent.Reliability;

/// <summary>Idempotency within one process.</summary>
public sealed class MemoryIdempotencyStore : IdempotencyStore
{
    private readonly MemoryRecords _records;

    /// <summary>Creates a store of its own.</summary>
    /// <param name="options">Clock, tenant, taxonomy, log.</param>
    public MemoryIdempotencyStore(ReliabilityOptions? options = null)
        : this(new MemoryStore(options?.TimeProvider), options)
    {
    }

    /// <summary>Creates a store on <paramref name="store"/>.</summary>
    /// <param name="store">The data, and the clock that decides.</param>
    /// <param name="options">Clock of timers, tenant, taxonomy, log.</param>
    public MemoryIdempotencyStore(MemoryStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _records = store.Records;
    }

    /// <inheritdoc/>
    protected override ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken) => new(_records.Begin(request));

    /// <inheritdoc/>
    protected override ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken) =>
        new(_records.Finish(key, owner, fence, outcome, ttl));

    /// <inheritdoc/>
    protected override ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken) =>
        new(_records.Renew(key, owner, fence, inProgressTimeout));

    /// <inheritdoc/>
    protected override ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken) => new(_records.Delete(key, owner, fence));

    /// <inheritdoc/>
    protected override ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken) => new(_records.Get(key));

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken) => new(_records.List(run));

    /// <inheritdoc/>
    protected override ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken) => new(_records.Cleanup());

    /// <inheritdoc/>
    protected override Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
        _records.Hints.NextAsync(MemoryRecords.Of(key), cancellationToken);
}
