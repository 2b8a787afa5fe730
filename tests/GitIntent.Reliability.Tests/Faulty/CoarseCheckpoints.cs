using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GitIntent.Reliability.Tests.Faulty;

internal sealed partial class CoarseCheckpoints(CoarseData data, Fault? fault, bool later, ReliabilityOptions options) : CheckpointManager(options)
{
    private readonly ConcurrentDictionary<RunKey, StoredCheckpoint> _cached = [];

    protected override async ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault is Fault.SaveChecksThenWrites or Fault.SaveUnsynchronised)
        {
            lock (data.Gate)
            {
                var seen = Find(key).Version;
                if (seen != basedOn)
                    return new SaveReply(false, seen);
            }

            if (fault == Fault.SaveUnsynchronised)
                Race.Widen();
            else
                await Race.LaterAsync();
            lock (data.Gate)
                return Write(key, ++data.Counter, json);
        }

        lock (data.Gate)
        {
            var there = Find(key);
            if (there.Version > 0 && there.Json == json)
                return new SaveReply(true, there.Version);
            var mayReplace = there.Version == basedOn || fault switch
            {
                Fault.CheckpointOverwrites => true,
                Fault.CheckpointZeroOverwrites => basedOn == 0,
                Fault.CheckpointNewerAccepted => basedOn > there.Version,
                _ => false,
            };
            if (!mayReplace)
                return new SaveReply(false, fault == Fault.CheckpointConflictSaysAsked ? basedOn : there.Version);
            return Write(key, fault == Fault.CheckpointVersionRestarts ? there.Version + 1 : ++data.Counter, json);
        }
    }

    protected override async ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault == Fault.CheckpointCached && _cached.TryGetValue(key, out var cached))
            return cached;
        lock (data.Gate)
        {
            if (fault == Fault.CheckpointNewestByTime)
                return data.Saved.Where(c => c.Key == key).MaxBy(static c => c.At) is { Stored.Version: > 0 } newest ? newest.Stored : null;
            return Find(key) is { Version: > 0 } found && !(fault == Fault.CheckpointExpires && data.Now > data.Saved[^1].At.AddDays(30)) ? found : null;
        }
    }

    protected override async ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            data.Saved.RemoveAll(c => c.Key == key);
            _cached.TryRemove(key, out _);
            return data.Checkpoints.RemoveAll(c => Same(c.Key, key) && (version is null || version == c.Stored.Version || fault == Fault.CheckpointDeleteAnyVersion || (fault == Fault.CheckpointDeletesUpTo && c.Stored.Version <= version))) > 0;
        }
    }

    protected override async ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            var listed = data.Checkpoints.Where(c => c.Key.Tenant == tenant || fault == Fault.CheckpointsListedOfAllTenants).Select(static c => c.Stored);
            return [.. fault == Fault.CheckpointsFirstPage ? listed.Take(100) : listed];
        }
    }

    private SaveReply Write(RunKey key, long version, string json)
    {
        json = fault switch
        {
            Fault.CheckpointNumbersAsDouble => Integer().Replace(json, static n => double.Parse(n.Value, CultureInfo.InvariantCulture).ToString("F0", CultureInfo.InvariantCulture)),
            Fault.CheckpointFingerprintLost => Fingerprint().Replace(json, "$1\"\""),
            Fault.CheckpointCut => json[..Math.Min(65_535, json.Length)],
            Fault.CheckpointReasonLost => Reason().Replace(json, "${1}0"),
            _ => json,
        };
        data.Checkpoints.RemoveAll(c => Same(c.Key, key));
        data.Checkpoints.Add((key, new StoredCheckpoint(version, json)));
        _cached[key] = new StoredCheckpoint(version, json);
        data.Saved.Add((key, data.Now, new StoredCheckpoint(version, json)));
        return new SaveReply(true, version);
    }

    private StoredCheckpoint Find(RunKey key) => data.Checkpoints.LastOrDefault(c => Same(c.Key, key)).Stored;

    private bool Same(RunKey a, RunKey b) => fault switch
    {
        Fault.CheckpointIgnoresTenant => a.RunId == b.RunId,
        Fault.CheckpointKeyIgnoresCase => string.Equals(a.Tenant, b.Tenant, StringComparison.OrdinalIgnoreCase) && string.Equals(a.RunId, b.RunId, StringComparison.OrdinalIgnoreCase),
        _ => a == b,
    };

    private async ValueTask LaterAsync()
    {
        if (later)
            await Task.Yield();
    }

    [GeneratedRegex("[0-9]{16,}")]
    private static partial Regex Integer();

    [GeneratedRegex("(\"definitionFingerprint\":)\"[^\"]*\"")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("(\"reason\":)[0-9]+")]
    private static partial Regex Reason();
}
