namespace GitIntent.Reliability.Tests.Stores;

public sealed class MemoryUnderTest : StoreUnderTest
{
    private readonly MemoryStore _store;

    public MemoryUnderTest() => _store = new(Time);

    public override bool TellsOthers => true;

    public override RunLockManager Locks(string? tenant = null) => new MemoryRunLockManager(_store, Options(tenant));

    public override IdempotencyStore Idempotency(string? tenant = null) => new MemoryIdempotencyStore(_store, Options(tenant));

    public override CheckpointManager Checkpoints(string? tenant = null) => new MemoryCheckpointManager(_store, Options(tenant));
}
