namespace GitIntent.Reliability.Sqlite;

/// <summary>Checkpoints in a SQLite file.</summary>
public sealed class SqliteCheckpointManager : CheckpointManager
{
    private readonly SqliteWriter _writer;

    /// <summary>Creates a manager on <paramref name="store"/>.</summary>
    /// <param name="store">The file.</param>
    /// <param name="options">Clock, tenant.</param>
    public SqliteCheckpointManager(SqliteStore store, ReliabilityOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(store);
        _writer = store.Writer;
    }

    /// <inheritdoc/>
    protected override ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken) => _writer.WriteAsync(session =>
    {
        var there = Find(session, key);
        if (there is { } same && same.Json == json)
            return new SaveReply(true, same.Version);
        var current = there?.Version ?? 0;
        if (current != basedOn)
            return new SaveReply(false, current);
        var version = session.Next();
        session.Execute("INSERT OR REPLACE INTO checkpoints (tenant, run, version, json) VALUES (?1, ?2, ?3, ?4)", key.Tenant, key.RunId, version, json);
        return new SaveReply(true, version);
    }, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => _writer.ReadAsync(session => Find(session, key), cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken) => _writer.WriteAsync(
        session => session.Execute("DELETE FROM checkpoints WHERE tenant = ?1 AND run = ?2 AND (?3 IS NULL OR version = ?3)", key.Tenant, key.RunId, version) == 1, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => _writer.ReadAsync<IReadOnlyList<StoredCheckpoint>>(session =>
    {
        List<StoredCheckpoint> list = [];
        using var rows = session.Command("SELECT version, json FROM checkpoints WHERE tenant = ?1", tenant).ExecuteReader();
        while (rows.Read())
            list.Add(new(rows.GetInt64(0), rows.GetString(1)));
        return list;
    }, cancellationToken);

    private static StoredCheckpoint? Find(Session session, RunKey key)
    {
        using var row = session.Command("SELECT version, json FROM checkpoints WHERE tenant = ?1 AND run = ?2", key.Tenant, key.RunId).ExecuteReader();
        return row.Read() ? new StoredCheckpoint(row.GetInt64(0), row.GetString(1)) : null;
    }
}
