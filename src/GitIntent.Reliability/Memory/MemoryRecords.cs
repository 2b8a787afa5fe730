namespace GitIntent.Reliability;

internal sealed class MemoryRecords(MemoryStore store)
{
    private const int FirstSweep = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Identity), Entry> _entries = [];
    private int _sweepAt = FirstSweep;

    public HintBoard<(string Tenant, string Identity)> Hints { get; } = new();

    public static (string Tenant, string Identity) Of(IdempotencyKey key) => (key.Tenant!, key.Identity);

    private DateTimeOffset Now => store.TimeProvider.GetUtcNow();

    public BeginReply Begin(in BeginRequest request)
    {
        var key = request.Key;
        lock (_gate)
        {
            var now = Now;
            if (Live(key, now) is { } entry && !request.MayReplace(entry.Record.InputHash, entry.Record.Status, entry.Record.Failure?.Retryable ?? false))
            {
                var same = entry.Owner == request.Owner && entry.Record.Status == IdempotencyStatus.Pending && entry.Record.InputHash == key.InputHash;
                return new(same, entry.Record, entry.Record.ExpiresAt - now);
            }

            var record = new IdempotencyRecord(key.Tenant!, key.RunId, key.StepId, key.Operation, key.InputHash, IdempotencyStatus.Pending, store.NextFence(),
                now, null, now + request.InProgressTimeout, null, null);
            _entries[Of(key)] = new Entry(request.Owner, record);
            if (_entries.Count >= _sweepAt)
            {
                Sweep(now);
                _sweepAt = Math.Max(FirstSweep, _entries.Count * 2);
            }

            return new(true, record, request.InProgressTimeout);
        }
    }

    public bool Finish(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl)
    {
        lock (_gate)
        {
            var now = Now;
            if (Live(key, now) is not { } entry || entry.Owner != owner || entry.Record.Fence != fence)
                return false;
            if (entry.Record.Status != IdempotencyStatus.Pending)
                return entry.Record.Status == outcome.Status && entry.Record.ResultJson == outcome.ResultJson && entry.Record.Failure?.ToJson() == outcome.Failure?.ToJson();
            _entries[Of(key)] = entry with
            {
                Record = entry.Record with { Status = outcome.Status, ResultJson = outcome.ResultJson, Failure = outcome.Failure, CompletedAt = now, ExpiresAt = now + ttl },
            };
        }

        Hints.Signal(Of(key));
        return true;
    }

    public bool Renew(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan time)
    {
        lock (_gate)
        {
            var now = Now;
            if (Live(key, now) is not { Record.Status: IdempotencyStatus.Pending } entry || entry.Owner != owner || entry.Record.Fence != fence)
                return false;
            if (now + time > entry.Record.ExpiresAt)
                _entries[Of(key)] = entry with { Record = entry.Record with { ExpiresAt = now + time } };
            return true;
        }
    }

    public bool Delete(IdempotencyKey key, OwnerToken? owner, long fence)
    {
        lock (_gate)
        {
            if (Live(key, Now) is not { } entry || (owner is { } mine && (entry.Owner != mine || entry.Record.Fence != fence)))
                return false;
            _entries.Remove(Of(key));
        }

        Hints.Signal(Of(key));
        return true;
    }

    public IdempotencyRecord? Get(IdempotencyKey key)
    {
        lock (_gate)
            return Live(key, Now)?.Record;
    }

    public IReadOnlyList<IdempotencyRecord> List(RunKey run)
    {
        lock (_gate)
        {
            var now = Now;
            return [.. _entries.Values.Select(e => e.Record).Where(r => now < r.ExpiresAt && r.RunId == run.RunId && r.Tenant == run.Tenant)
                .OrderBy(r => r.StepId, StringComparer.Ordinal).ThenBy(r => r.Operation, StringComparer.Ordinal)];
        }
    }

    public int Cleanup()
    {
        lock (_gate)
            return Sweep(Now);
    }

    private Entry? Live(IdempotencyKey key, DateTimeOffset now) => _entries.TryGetValue(Of(key), out var entry) && now < entry.Record.ExpiresAt ? entry : null;

    private int Sweep(DateTimeOffset now)
    {
        var before = _entries.Count;
        foreach (var (key, entry) in _entries)
        {
            if (now >= entry.Record.ExpiresAt)
                _entries.Remove(key);
        }

        return before - _entries.Count;
    }

    private sealed record Entry(OwnerToken Owner, IdempotencyRecord Record);
}
