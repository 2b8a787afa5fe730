namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

internal sealed class CasCheckpoints(StateStore store, ReliabilityOptions options) : CheckpointManager(options)
{
    protected override ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var there = seen.Checkpoints.GetValueOrDefault(key);
        if (there.Version > 0 && there.Json == json)
            return (seen, new SaveReply(true, there.Version));
        if (there.Version != basedOn)
            return (seen, new SaveReply(false, there.Version));
        var next = seen with { Counter = seen.Counter + 1, Checkpoints = seen.Checkpoints.SetItem(key, new StoredCheckpoint(seen.Counter + 1, json)) };
        return (next, new SaveReply(true, next.Counter));
    });

    protected override ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) =>
        store.SwapAsync(seen => (seen, seen.Checkpoints.TryGetValue(key, out var there) ? there : (StoredCheckpoint?)null));

    protected override ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken) => store.SwapAsync(seen =>
        seen.Checkpoints.TryGetValue(key, out var there) && there.Version == (version ?? there.Version) ? (seen with { Checkpoints = seen.Checkpoints.Remove(key) }, true) : (seen, false));

    protected override ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken) =>
        store.SwapAsync(seen => (seen, (IReadOnlyList<StoredCheckpoint>)[.. seen.Checkpoints.Where(c => c.Key.Tenant == tenant).Select(static c => c.Value)]));
}
