namespace GitIntent.Reliability.Tests.Faulty;

internal sealed class CoarseCheckpoints(CoarseData data, Fault? fault, ReliabilityOptions options) : CheckpointManager(options)
{
    protected override ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken)
    {
        lock (data.Gate)
        {
            var there = data.Checkpoints.LastOrDefault(c => Same(c.Key, key)).Stored;
            if (there.Version > 0 && there.Json == json)
                return new(new SaveReply(true, there.Version));
            if (there.Version != basedOn && fault != Fault.CheckpointOverwrites)
                return new(new SaveReply(false, there.Version));
            var version = fault == Fault.CheckpointVersionRestarts ? there.Version + 1 : ++data.Counter;
            data.Checkpoints.RemoveAll(c => Same(c.Key, key));
            data.Checkpoints.Add((key, new StoredCheckpoint(version, json)));
            return new(new SaveReply(true, version));
        }
    }

    protected override ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken)
    {
        lock (data.Gate)
            return new(data.Checkpoints.Any(c => Same(c.Key, key)) ? data.Checkpoints.Last(c => Same(c.Key, key)).Stored : null);
    }

    protected override ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken)
    {
        lock (data.Gate)
            return new(data.Checkpoints.RemoveAll(c => Same(c.Key, key) && (version is null || version == c.Stored.Version || fault == Fault.CheckpointDeleteAnyVersion)) > 0);
    }

    protected override ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken)
    {
        lock (data.Gate)
            return new([.. data.Checkpoints.Where(c => c.Key.Tenant == tenant || fault == Fault.CheckpointsListedOfAllTenants).Select(static c => c.Stored)]);
    }

    private bool Same(RunKey a, RunKey b) => fault == Fault.CheckpointIgnoresTenant ? a.RunId == b.RunId : a == b;
}
