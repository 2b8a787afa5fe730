using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Bench;

/// <summary>The floors on SQLite: the same file settings, one connection, prepared statements, a transaction for each call.</summary>
internal sealed class PlainSqlite : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _look;
    private readonly SqliteCommand _next;
    // First come, first served; a monitor lets one thread pass by all others, whose waiting no median would show.
    private readonly SemaphoreSlim _turn = new(1);

    public PlainSqlite(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        foreach (var sql in (string[])["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE locks (run TEXT PRIMARY KEY, owner TEXT NOT NULL, fence INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID", "CREATE TABLE counter (value INTEGER NOT NULL)", "INSERT INTO counter VALUES (1)"])
            Command(sql).ExecuteNonQuery();
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _add = Command("INSERT INTO locks VALUES (?1, ?2, ?3, ?4)", 4);
        _remove = Command("DELETE FROM locks WHERE run = ?1 AND owner = ?2", 2);
        _look = Command("SELECT owner FROM locks WHERE run = ?1 AND expires > ?2", 2);
        _next = Command("UPDATE counter SET value = value + 1 RETURNING value");
    }

    /// <summary>Two one-row transactions.</summary>
    public async Task TwoTransactionsAsync(string run)
    {
        await _turn.WaitAsync();
        Execute(_add, run, "owner", 1L, long.MaxValue);
        _turn.Release();
        await _turn.WaitAsync();
        Execute(_remove, run, "owner");
        _turn.Release();
    }

    /// <summary>A lock with a fence as one writes it by hand: look, count, insert in a transaction, delete in another.</summary>
    public async Task LockAsync(string run)
    {
        var owner = Guid.NewGuid().ToString("N");
        await _turn.WaitAsync();
        _begin.ExecuteNonQuery();
        Bind(_look, run, 0L);
        if (_look.ExecuteScalar() is not null)
            throw new InvalidOperationException("Held.");
        var fence = (long)_next.ExecuteScalar()!;
        Execute(_add, run, owner, fence, long.MaxValue);
        _commit.ExecuteNonQuery();
        _turn.Release();
        await _turn.WaitAsync();
        Execute(_remove, run, owner);
        _turn.Release();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private static void Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Bind(command, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    private SqliteCommand Command(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
        return command;
    }
}
