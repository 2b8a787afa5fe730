namespace GitIntent.Reliability;

/// <summary>Checkpoints within one process. They do not survive it.</summary>
public sealed class MemoryCheckpointManager : CheckpointManager
{
    private readonly MemoryStore _store;

    /// <summary>Creates a manager on a store of its own.</summary>
    /// <param name="options">Clock, tenant.</param>
    public MemoryCheckpointManager(ReliabilityOptions? options = null)
        : this(new MemoryStore(options?.TimeProvider), options)
    {
    }

    /// <summary>Creates a manager on <paramref name="store"/>.</summary>
    /// <param name="store">The data.</param>
    /// <param name="options">Clock, tenant.</param>
    public MemoryCheckpointManager(MemoryStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <inheritdoc/>
    protected override ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken)
    {
        lock (_store.Checkpoints)
        {
            var there = _store.Checkpoints.GetValueOrDefault(key);
            if (there.Version > 0 && there.Json == json)
                return new(new SaveReply(true, there.Version));
            if (there.Version != basedOn)
                return new(new SaveReply(false, there.Version));
            var version = _store.NextFence();
            _store.Checkpoints[key] = new(version, json);
            return new(new SaveReply(true, version));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken)
    {
        lock (_store.Checkpoints)
            return new(_store.Checkpoints.TryGetValue(key, out var there) ? there : null);
    }

    /// <inheritdoc/>
    protected override ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken)
    {
        lock (_store.Checkpoints)
            return new(_store.Checkpoints.TryGetValue(key, out var there) && there.Version == (version ?? there.Version) && _store.Checkpoints.Remove(key));
    }

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken)
    {
        lock (_store.Checkpoints)
            return new([.. _store.Checkpoints.Where(p => p.Key.Tenant == tenant).Select(p => p.Value)]);
    }
}
