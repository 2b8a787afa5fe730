namespace GitIntent.Reliability;

/// <summary>A store with its three parts on the same data.</summary>
public sealed class ReliabilityStores : IAsyncDisposable, IDisposable
{
    private readonly IAsyncDisposable? _owned;

    /// <summary>Joins the parts.</summary>
    /// <param name="locks">Locks.</param>
    /// <param name="idempotency">Idempotency records.</param>
    /// <param name="checkpoints">Checkpoints.</param>
    /// <param name="owned">What they stand on, disposed of with this.</param>
    public ReliabilityStores(RunLockManager locks, IdempotencyStore idempotency, CheckpointManager checkpoints, IAsyncDisposable? owned = null)
    {
        Locks = locks;
        Idempotency = idempotency;
        Checkpoints = checkpoints;
        _owned = owned;
    }

    /// <summary>Locks.</summary>
    public RunLockManager Locks { get; }

    /// <summary>Idempotency records.</summary>
    public IdempotencyStore Idempotency { get; }

    /// <summary>Checkpoints.</summary>
    public CheckpointManager Checkpoints { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? default;

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
