using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>The writer's connection with its prepared statements. Used by one thread.</summary>
internal sealed class Session(SqliteConnection connection, string path, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public string Path => path;

    /// <summary>The clock that decides, read inside of the transaction: what waited for its turn is not decided by an old time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A statement, prepared once. Its parameters are numbered: ?1, ?2, …</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The next number of the store's one counter: fences and versions.</summary>
    public long Next() => (long)(Command("UPDATE counter SET value = value + 1 RETURNING value").ExecuteScalar()
        ?? throw new SqliteStoreException(path, SqliteStoreFailure.Corrupt, $"The store file {path} has lost its counter."));

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }
}
