using System.Collections.Concurrent;
using System.Diagnostics;

namespace GitIntent.Reliability.Tests.Faulty.Durable;

internal sealed class FileLocks(FileState state, DurableFault? fault, ReliabilityOptions options) : RunLockManager(options), IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _released = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _extended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Row> _behind = new(StringComparer.Ordinal);
    private long _counter;

    /// <param name="Process">Which process holds it.</param>
    private sealed record Row(string Owner, int Process, RunLock Lock)
    {
        public static Row Of(string[] row) => new(row[0], (int)FileState.Number(row[1]), new RunLock(row[2], row[3], row[4], FileState.Number(row[5]), FileState.Time(row[6]), FileState.Time(row[7]), row.Length > 8 ? row[8] : null));

        public string[] Text => [Owner, FileState.Text(Process), Lock.RunId, Lock.Tenant, Lock.HolderId, FileState.Text(Lock.Fence), FileState.Text(Lock.AcquiredAt), FileState.Text(Lock.ExpiresAt), .. Lock.Reason is null ? Array.Empty<string>() : [Lock.Reason]];
    }

    protected override async ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken)
    {
        var name = Name(request.Key);
        var reply = state.Write(rows =>
        {
            var now = state.Now;
            if (Find(rows, name, now) is { } there)
            {
                if (there.Owner == request.Owner.Reveal())
                    return LockReply.HeldAlready(there.Lock.Fence, there.Lock.AcquiredAt, there.Lock.ExpiresAt, now);
                if (fault != DurableFault.DeadOwnersRobbed || IsRunning(there.Process))
                    return LockReply.Refused(there.Lock, now);
            }

            var row = new Row(request.Owner.Reveal(), Environment.ProcessId, new RunLock(request.Key.RunId, request.Key.Tenant!, request.HolderId, Next(rows), now, now + request.Ttl, request.Reason));
            _released.TryRemove(name, out _);
            if (fault == DurableFault.LocksWrittenBehind)
                _behind[name] = row;
            else
                rows[name] = row.Text;
            return LockReply.Taken(row.Lock.Fence, now, row.Lock.ExpiresAt);
        });
        if (fault == DurableFault.LocksWrittenBehind)
            _ = Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None).ContinueWith(_ => WriteBehind(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await Task.CompletedTask;
        return reply;
    }

    protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => new(Remove(key, owner.Reveal()));

    protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => new(Remove(key, null));

    protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken)
    {
        var name = Name(key);
        if (fault == DurableFault.ExtendInTwo)
        {
            var old = state.Write(rows => Find(rows, name, state.Now) is { } there && there.Owner == owner.Reveal() && rows.Remove(name) ? there : null);
            return new(old is null ? null : state.Write(rows => Put(rows, name, old, state.Now + ttl)));
        }

        return new(state.Write(rows =>
        {
            if (Find(rows, name, state.Now) is not { } there || there.Owner != owner.Reveal())
                return (DateTimeOffset?)null;
            var ends = state.Now + ttl;
            if (ends < there.Lock.ExpiresAt && !allowShorten)
                return there.Lock.ExpiresAt;
            if (fault != DurableFault.ExtendRemembered)
                return Put(rows, name, there, ends);
            _extended[there.Owner] = ends;
            return ends;
        }));
    }

    protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => new(state.Read(rows => Find(rows, Name(key), state.Now)?.Lock));

    protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => new(state.Read<IReadOnlyList<RunLock>>(rows =>
        [.. rows.Keys.Where(static k => k != "next").Select(k => Find(rows, k, state.Now)?.Lock).OfType<RunLock>().Where(l => l.Tenant == tenant).OrderBy(static l => l.RunId, StringComparer.Ordinal)]));

    public ValueTask DisposeAsync()
    {
        WriteBehind();
        if (fault == DurableFault.FencesReserved)
            state.Write(rows => rows["next"] = [FileState.Text(_counter)]);
        foreach (var name in _released.Keys)
            state.Write(rows => rows.Remove(name));
        return default;
    }

    private bool Remove(RunKey key, string? owner) => state.Write(rows =>
    {
        var name = Name(key);
        if (Find(rows, name, state.Now) is not { } there || (owner is not null && there.Owner != owner))
            return false;
        _behind.TryRemove(name, out _);
        if (fault == DurableFault.ReleaseRemembered)
            return _released.TryAdd(name, true);
        rows.Remove(name);
        return true;
    });

    private Row? Find(Dictionary<string, string[]> rows, string name, DateTimeOffset now)
    {
        if (_behind.TryGetValue(name, out var mine))
            return now < mine.Lock.ExpiresAt ? mine : null;
        if (!rows.TryGetValue(name, out var text) || _released.ContainsKey(name))
            return null;
        var row = Row.Of(text);
        if (_extended.TryGetValue(row.Owner, out var ends))
            row = row with { Lock = row.Lock with { ExpiresAt = ends } };
        var isOver = now >= row.Lock.ExpiresAt && (fault != DurableFault.LeaseEndedByTimer || row.Process == Environment.ProcessId);
        return isOver ? null : row;
    }

    private DateTimeOffset? Put(Dictionary<string, string[]> rows, string name, Row row, DateTimeOffset ends)
    {
        row = row with { Lock = row.Lock with { ExpiresAt = ends } };
        if (fault == DurableFault.LocksWrittenBehind)
            _behind[name] = row;
        else
            rows[name] = row.Text;
        return ends;
    }

    private long Next(Dictionary<string, string[]> rows)
    {
        if (fault is not (DurableFault.FenceFromHeld or DurableFault.FencesReserved))
            return FileState.Next(rows);
        if (_counter == 0)
            _counter = fault == DurableFault.FencesReserved ? FileState.Number(rows.GetValueOrDefault("next")?[0] ?? "0") : rows.Values.Select(static r => Row.Of(r).Lock.Fence).DefaultIfEmpty().Max();
        return ++_counter;
    }

    private void WriteBehind()
    {
        foreach (var (name, row) in _behind)
        {
            state.Write(rows => rows[name] = row.Text);
            _behind.TryRemove(name, out _);
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return !running.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Name(RunKey key) => $"{key.Tenant}\u001f{key.RunId}";
}
