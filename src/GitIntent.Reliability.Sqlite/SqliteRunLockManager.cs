using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>Locks in a SQLite file. A waiter in another process is not told of a release; it looks again after <see cref="RunLockOptions.RetryInterval"/>.</summary>
public sealed class SqliteRunLockManager : RunLockManager
{
    private const string Columns = "owner, holder, fence, acquired, expires, reason, run, tenant";
    private const int CleanEvery = 64;

    private readonly SqliteWriter _writer;
    private int _sinceClean;

    /// <summary>Creates a manager on <paramref name="store"/>.</summary>
    /// <param name="store">The file.</param>
    /// <param name="options">Clock of timers, tenant, log.</param>
    public SqliteRunLockManager(SqliteStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _writer = store.Writer;
    }

    /// <inheritdoc/>
    protected override ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken) => _writer.WriteAsync(session =>
    {
        var now = session.Now;
        var owner = request.Owner.Reveal();
        using (var there = session.Command($"SELECT {Columns} FROM locks WHERE tenant = ?1 AND run = ?2 AND expires > ?3", request.Key.Tenant, request.Key.RunId, now.UtcTicks).ExecuteReader())
        {
            if (there.Read())
                return there.GetString(0) == owner ? LockReply.HeldAlready(there.GetInt64(2), there.Time(3), there.Time(4), now) : LockReply.Refused(Read(there), now);
        }

        var fence = session.Next();
        var ends = now + request.Ttl;
        session.Execute("INSERT OR REPLACE INTO locks (tenant, run, owner, holder, fence, acquired, expires, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            request.Key.Tenant, request.Key.RunId, owner, request.HolderId, fence, now.UtcTicks, ends.UtcTicks, request.Reason);
        // Locks of holders that died and whose runs do not come again.
        if (_sinceClean++ % CleanEvery == 0)
            session.Execute("DELETE FROM locks WHERE (tenant, run) IN (SELECT tenant, run FROM locks WHERE expires <= ?1 LIMIT 256)", now.UtcTicks);
        return LockReply.Taken(fence, now, ends);
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => _writer.WriteAsync(
        session => session.Execute("DELETE FROM locks WHERE tenant = ?1 AND run = ?2 AND owner = ?3 AND expires > ?4", key.Tenant, key.RunId, owner.Reveal(), session.Now.UtcTicks) == 1,
        cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) =>
        _writer.WriteAsync<DateTimeOffset?>(session =>
        {
            var now = session.Now;
            var ends = session.Command(
                "UPDATE locks SET expires = CASE WHEN ?6 THEN ?5 ELSE max(expires, ?5) END WHERE tenant = ?1 AND run = ?2 AND owner = ?3 AND expires > ?4 RETURNING expires",
                key.Tenant, key.RunId, owner.Reveal(), now.UtcTicks, (now + ttl).UtcTicks, allowShorten ? 1 : 0).ExecuteScalar();
            return ends is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => _writer.ReadAsync(session =>
    {
        using var there = session.Command($"SELECT {Columns} FROM locks WHERE tenant = ?1 AND run = ?2 AND expires > ?3", key.Tenant, key.RunId, session.Now.UtcTicks).ExecuteReader();
        return there.Read() ? Read(there) : null;
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => _writer.ReadAsync<IReadOnlyList<RunLock>>(session =>
    {
        List<RunLock> list = [];
        using var rows = session.Command($"SELECT {Columns} FROM locks WHERE tenant = ?1 AND expires > ?2", tenant, session.Now.UtcTicks).ExecuteReader();
        while (rows.Read())
            list.Add(Read(rows));
        // Here, not in SQL: SQLite compares UTF-8 bytes, .NET UTF-16 units, and every store has the same order.
        list.Sort((a, b) => string.CompareOrdinal(a.RunId, b.RunId));
        return list;
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => _writer.WriteAsync(
        session => session.Execute("DELETE FROM locks WHERE tenant = ?1 AND run = ?2 AND expires > ?3", key.Tenant, key.RunId, session.Now.UtcTicks) == 1, cancellationToken);

    private static RunLock Read(SqliteDataReader row) =>
        new(row.GetString(6), row.GetString(7), row.GetString(1), row.GetInt64(2), row.Time(3), row.Time(4), row.Text(5));
}
