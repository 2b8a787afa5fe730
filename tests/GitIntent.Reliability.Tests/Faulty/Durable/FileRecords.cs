using System.Collections.Concurrent;

namespace GitIntent.Reliability.Tests.Faulty.Durable;

internal sealed class FileRecords : IdempotencyStore, IAsyncDisposable
{
    private const string None = "\u001f";

    private readonly FileState _state;
    private readonly DurableFault? _fault;
    private readonly ConcurrentDictionary<string, Row> _outcomes = new(StringComparer.Ordinal);

    public FileRecords(FileState state, DurableFault? fault, ReliabilityOptions options)
        : base(options)
    {
        (_state, _fault) = (state, fault);
        if (fault == DurableFault.PendingDropped)
            state.Write(rows => rows.Where(static r => r.Key != "next" && Row.Of(r.Value).Record.Status == IdempotencyStatus.Pending).Select(r => rows.Remove(r.Key)).Count());
    }

    /// <param name="Process">Which process executes it.</param>
    private sealed record Row(string Owner, int Process, IdempotencyRecord Record)
    {
        public static Row Of(string[] r) => new(r[0], (int)FileState.Number(r[1]), new IdempotencyRecord(r[2], r[3], r[4], r[5], r[6], Enum.Parse<IdempotencyStatus>(r[7]), FileState.Number(r[8]),
            FileState.Time(r[9]), r[10] == None ? null : FileState.Time(r[10]), FileState.Time(r[11]), r[12] == None ? null : r[12], r[13] == None ? null : FailureInfo.Parse(r[13])));

        public string[] Text => [Owner, FileState.Text(Process), Record.Tenant, Record.RunId, Record.StepId, Record.Operation, Record.InputHash, Record.Status.ToString(), FileState.Text(Record.Fence),
            FileState.Text(Record.CreatedAt), Record.CompletedAt is { } at ? FileState.Text(at) : None, FileState.Text(Record.ExpiresAt), Record.ResultJson ?? None, Record.Failure?.ToJson() ?? None];
    }

    protected override ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken) => new(_state.Write(rows =>
    {
        var (name, now, key) = (Name(request.Key), _state.Now, request.Key);
        if (Find(rows, name, now) is { } there && !request.MayReplace(there.Record.InputHash, there.Record.Status, there.Record.Failure?.Retryable ?? false))
        {
            var same = there.Owner == request.Owner.Reveal() && there.Record.Status == IdempotencyStatus.Pending && there.Record.InputHash == key.InputHash;
            return new BeginReply(same, there.Record, there.Record.ExpiresAt - now);
        }

        var record = new IdempotencyRecord(key.Tenant!, key.RunId, key.StepId, key.Operation, key.InputHash, IdempotencyStatus.Pending, FileState.Next(rows), now, null, now + request.InProgressTimeout, null, null);
        rows[name] = new Row(request.Owner.Reveal(), Environment.ProcessId, record).Text;
        _outcomes.TryRemove(name, out _);
        return new BeginReply(true, record, request.InProgressTimeout);
    }));

    protected override ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var name = Name(key);
        if (_fault == DurableFault.ResultApart)
        {
            _state.Write(rows => Mine(rows, name, owner, fence) is { Record.Status: IdempotencyStatus.Pending } mine ? rows[name] = (mine with { Record = mine.Record with { Status = outcome.Status } }).Text : null);
            return new(_state.Write(rows => Mine(rows, name, owner, fence) is { } mine && Put(rows, name, Settled(mine, outcome, ttl))));
        }

        return new(_state.Write(rows =>
        {
            if (Mine(rows, name, owner, fence) is not { } mine)
                return false;
            if (mine.Record.Status != IdempotencyStatus.Pending)
                return mine.Record.Status == outcome.Status && mine.Record.ResultJson == outcome.ResultJson && mine.Record.Failure?.ToJson() == outcome.Failure?.ToJson();
            if (_fault != DurableFault.OutcomeAtClose)
                return Put(rows, name, Settled(mine, outcome, ttl));
            _outcomes[name] = Settled(mine, outcome, ttl);
            return true;
        }));
    }

    protected override ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken) => new(_state.Write(rows =>
    {
        if (Mine(rows, Name(key), owner, fence) is not { Record.Status: IdempotencyStatus.Pending } mine)
            return false;
        var ends = _state.Now + inProgressTimeout;
        return ends <= mine.Record.ExpiresAt || Put(rows, Name(key), mine with { Record = mine.Record with { ExpiresAt = ends } });
    }));

    protected override ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken) => new(_state.Write(rows =>
        (owner is { } mine ? Mine(rows, Name(key), mine, fence) : Find(rows, Name(key), _state.Now)) is not null && (_outcomes.TryRemove(Name(key), out _) | rows.Remove(Name(key)))));

    protected override ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken) => new(_state.Read(rows => Find(rows, Name(key), _state.Now)?.Record));

    protected override ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken) => new(_state.Read<IReadOnlyList<IdempotencyRecord>>(rows =>
        [.. rows.Keys.Where(static k => k != "next").Select(k => Find(rows, k, _state.Now)?.Record).OfType<IdempotencyRecord>().Where(r => r.Tenant == run.Tenant && r.RunId == run.RunId)
            .OrderBy(static r => r.StepId, StringComparer.Ordinal).ThenBy(static r => r.Operation, StringComparer.Ordinal)]));

    protected override ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken) => new(_state.Write(rows =>
        rows.Keys.Where(k => k != "next" && _state.Now >= Row.Of(rows[k]).Record.ExpiresAt).ToList().Count(rows.Remove)));

    public ValueTask DisposeAsync()
    {
        foreach (var (name, row) in _outcomes)
            _state.Write(rows => Put(rows, name, row));
        return default;
    }

    private Row Settled(Row row, IdempotencyOutcome outcome, TimeSpan ttl)
    {
        var now = _state.Now;
        return row with { Record = row.Record with { Status = outcome.Status, ResultJson = outcome.ResultJson, Failure = outcome.Failure, CompletedAt = now, ExpiresAt = now + ttl } };
    }

    private Row? Mine(Dictionary<string, string[]> rows, string name, OwnerToken owner, long fence) =>
        Find(rows, name, _state.Now) is { } there && there.Owner == owner.Reveal() && there.Record.Fence == fence ? there : null;

    private Row? Find(Dictionary<string, string[]> rows, string name, DateTimeOffset now)
    {
        if (!_outcomes.TryGetValue(name, out var row))
            row = rows.TryGetValue(name, out var text) ? Row.Of(text) : null;
        var byTimer = _fault == DurableFault.PendingEndedByTimer && row is { Record.Status: IdempotencyStatus.Pending } && row.Process != Environment.ProcessId;
        return row is not null && (now < row.Record.ExpiresAt || byTimer) ? row : null;
    }

    private static bool Put(Dictionary<string, string[]> rows, string name, Row row)
    {
        rows[name] = row.Text;
        return true;
    }

    private static string Name(IdempotencyKey key) => $"{key.Tenant}\u001f{key.Identity}";
}
