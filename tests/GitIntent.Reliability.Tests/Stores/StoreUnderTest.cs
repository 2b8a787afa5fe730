namespace GitIntent.Reliability.Tests.Stores;

/// <summary>One store's data, which several managers see as several processes would.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    public ObservedTime Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public ReliabilityOptions Options(string? tenant = null) => new() { TimeProvider = Time, Tenant = tenant ?? RunKey.DefaultTenant };

    /// <summary>Whether a wait ends without the clock moving when another manager releases.</summary>
    public abstract bool TellsOthers { get; }

    public abstract RunLockManager Locks(string? tenant = null);

    public abstract IdempotencyStore Idempotency(string? tenant = null);

    public abstract CheckpointManager Checkpoints(string? tenant = null);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
