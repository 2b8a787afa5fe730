using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>Idempotency in a SQLite file. A waiter in another process is not told of an outcome; it looks again after <see cref="IdempotencyOptions.RetryInterval"/>.</summary>
public sealed class SqliteIdempotencyStore : IdempotencyStore
{
    private const string Columns = "tenant, run, step, operation, input, status, fence, created, completed, expires, result, failure, owner";
    private const string Live = "tenant = ?1 AND identity = ?2 AND expires > ?3";
    private const int CleanEvery = 64;

    private readonly SqliteWriter _writer;
    private int _sinceClean;

    /// <summary>Creates a store on <paramref name="store"/>.</summary>
    /// <param name="store">The file.</param>
    /// <param name="options">Clock of timers, tenant, taxonomy, log.</param>
    public SqliteIdempotencyStore(SqliteStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _writer = store.Writer;
    }

    /// <inheritdoc/>
    protected override ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken) => _writer.WriteAsync(session =>
    {
        var now = session.Now;
        var key = request.Key;
        var owner = request.Owner.Reveal();
        if (Find(session, key, now, out var holder) is { } there && !request.MayReplace(there.InputHash, there.Status, there.Failure?.Retryable ?? false))
            return new BeginReply(holder == owner && there.Status == IdempotencyStatus.Pending && there.InputHash == key.InputHash, there, there.ExpiresAt - now);
        var ends = now + request.InProgressTimeout;
        var fence = session.Next();
        session.Execute("INSERT OR REPLACE INTO operations (tenant, identity, run, step, operation, input, owner, fence, status, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10)",
            key.Tenant, key.Identity, key.RunId, key.StepId, key.Operation, key.InputHash, owner, fence, now.UtcTicks, ends.UtcTicks);
        if (++_sinceClean % CleanEvery == 0)
            session.Execute("DELETE FROM operations WHERE rowid IN (SELECT rowid FROM operations WHERE expires <= ?1 LIMIT 256)", now.UtcTicks);
        return new BeginReply(true, new(key.Tenant!, key.RunId, key.StepId, key.Operation, key.InputHash, IdempotencyStatus.Pending, fence, now, null, ends, null, null), request.InProgressTimeout);
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken) =>
        _writer.WriteAsync(session =>
        {
            var now = session.Now;
            var written = session.Execute($"UPDATE operations SET status = ?6, completed = ?3, expires = ?7, result = ?8, failure = ?9 WHERE {Live} AND owner = ?4 AND fence = ?5 AND status = 0",
                key.Tenant, key.Identity, now.UtcTicks, owner.Reveal(), fence, (int)outcome.Status, (now + ttl).UtcTicks, outcome.ResultJson, outcome.Failure?.ToJson());
            return written == 1 || (Find(session, key, now, out var holder) is { } there && holder == owner.Reveal() && there.Fence == fence
                && there.Status == outcome.Status && there.ResultJson == outcome.ResultJson && there.Failure?.ToJson() == outcome.Failure?.ToJson());
        }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken) =>
        _writer.WriteAsync(session =>
        {
            var now = session.Now;
            return session.Execute($"UPDATE operations SET expires = max(expires, ?6) WHERE {Live} AND owner = ?4 AND fence = ?5 AND status = 0",
                key.Tenant, key.Identity, now.UtcTicks, owner.Reveal(), fence, (now + inProgressTimeout).UtcTicks) == 1;
        }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken) => _writer.WriteAsync(
        session => session.Execute($"DELETE FROM operations WHERE {Live} AND (?4 IS NULL OR (owner = ?4 AND fence = ?5))",
            key.Tenant, key.Identity, session.Now.UtcTicks, owner?.Reveal(), fence) == 1, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        _writer.ReadAsync(session => Find(session, key, session.Now, out _), cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken) => _writer.ReadAsync<IReadOnlyList<IdempotencyRecord>>(session =>
    {
        List<IdempotencyRecord> list = [];
        using var rows = session.Command($"SELECT {Columns} FROM operations WHERE tenant = ?1 AND run = ?2 AND expires > ?3", run.Tenant, run.RunId, session.Now.UtcTicks).ExecuteReader();
        while (rows.Read())
            list.Add(Read(rows));
        list.Sort((a, b) => string.CompareOrdinal(a.StepId, b.StepId) is var order && order != 0 ? order : string.CompareOrdinal(a.Operation, b.Operation));
        return list;
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken) => _writer.WriteAsync(
        session => session.Execute("DELETE FROM operations WHERE expires <= ?1", session.Now.UtcTicks), cancellationToken);

    private static IdempotencyRecord? Find(Session session, IdempotencyKey key, DateTimeOffset now, out string? owner)
    {
        using var row = session.Command($"SELECT {Columns} FROM operations WHERE {Live}", key.Tenant, key.Identity, now.UtcTicks).ExecuteReader();
        if (!row.Read())
        {
            owner = null;
            return null;
        }

        owner = row.GetString(12);
        return Read(row);
    }

    private static IdempotencyRecord Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Status(row.GetInt64(5)), row.GetInt64(6),
        row.Time(7), row.IsDBNull(8) ? null : row.Time(8), row.Time(9), row.Text(10), row.Text(11) is { } failure ? FailureInfo.Parse(failure) : null);

    private static IdempotencyStatus Status(long value) => value is >= (int)IdempotencyStatus.Pending and <= (int)IdempotencyStatus.Failed
        ? (IdempotencyStatus)value
        : throw new InvalidDataException($"status is {value.ToString(CultureInfo.InvariantCulture)}, which is none.");
}
