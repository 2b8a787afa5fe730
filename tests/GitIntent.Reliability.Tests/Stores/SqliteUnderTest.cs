using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Tests.Stores;

/// <summary>Every manager has a connection of its own, as every process has.</summary>
public sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;
    private readonly List<SqliteStore> _open = [];

    public override bool TellsOthers => false;

    public override RunLockManager Locks(string? tenant = null) => new SqliteRunLockManager(Open(), Options(tenant));

    public override IdempotencyStore Idempotency(string? tenant = null) => new SqliteIdempotencyStore(Open(), Options(tenant));

    public override CheckpointManager Checkpoints(string? tenant = null) => new SqliteCheckpointManager(Open(), Options(tenant));

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _open)
            await store.DisposeAsync();
        Directory.Delete(_folder, true);
        await base.DisposeAsync();
    }

    private SqliteStore Open()
    {
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder, "state.db"), BusyTimeout = TimeSpan.FromSeconds(30) }, Options());
        _open.Add(store);
        return store;
    }
}
