namespace GitIntent.Reliability.Tests.Faulty.Durable;

internal sealed class FileCheckpoints(FileState state, DurableFault? fault, ReliabilityOptions options) : CheckpointManager(options), IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task _saving = Task.CompletedTask;
    private (string Name, StoredCheckpoint Stored)? _saved;
    private long _counter;

    protected override ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken)
    {
        var name = Name(key);
        if (fault == DurableFault.SavedLater)
            return SaveLaterAsync(name, basedOn, json);
        return new(state.Write(rows =>
        {
            var there = Of(rows, name);
            if (there is { } same && same.Json == json)
                return new SaveReply(true, same.Version);
            if ((there?.Version ?? 0) != basedOn)
                return new SaveReply(false, there?.Version ?? 0);
            var version = Next(rows);
            rows[name] = [FileState.Text(version), json];
            return new SaveReply(true, version);
        }));
    }

    protected override ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => new(Pending(Name(key)) ?? state.Read(rows => Of(rows, Name(key))));

    protected override ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken)
    {
        _saving.Wait(cancellationToken);
        return new(state.Write(rows => Of(rows, Name(key)) is { } there && (version is null || version == there.Version) && rows.Remove(Name(key))));
    }

    protected override ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => new(state.Read<IReadOnlyList<StoredCheckpoint>>(rows =>
        [.. rows.Keys.Where(k => k.StartsWith($"{tenant}\u001f", StringComparison.Ordinal)).Select(k => Of(rows, k)!.Value)]));

    public async ValueTask DisposeAsync() => await _saving;

    /// <summary>One save waits while the next thing is done.</summary>
    private async ValueTask<SaveReply> SaveLaterAsync(string name, long basedOn, string json)
    {
        await _saving;
        var (version, current) = state.Write(rows => (FileState.Next(rows), Of(rows, name)?.Version ?? 0));
        if (current != basedOn)
            return new SaveReply(false, current);
        lock (_gate)
            _saved = (name, new StoredCheckpoint(version, json));
        _saving = Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System).ContinueWith(_ => state.Write(rows => rows[name] = [FileState.Text(version), json]), TaskScheduler.Default);
        return new SaveReply(true, version);
    }

    private StoredCheckpoint? Pending(string name)
    {
        lock (_gate)
            return _saved is { } saved && saved.Name == name && !_saving.IsCompleted ? saved.Stored : null;
    }

    private long Next(Dictionary<string, string[]> rows)
    {
        if (fault != DurableFault.VersionRemembered)
            return FileState.Next(rows);
        if (_counter == 0)
            _counter = rows.Values.Select(static r => FileState.Number(r[0])).DefaultIfEmpty().Max();
        return ++_counter;
    }

    private static StoredCheckpoint? Of(Dictionary<string, string[]> rows, string name) => rows.TryGetValue(name, out var row) ? new StoredCheckpoint(FileState.Number(row[0]), row[1]) : null;

    private static string Name(RunKey key) => $"{key.Tenant}\u001f{key.RunId}";
}
