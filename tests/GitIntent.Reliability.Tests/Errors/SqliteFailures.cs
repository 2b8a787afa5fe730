using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Tests.Errors;

/// <summary>Raw exceptions of the driver, as an application meets them.</summary>
public sealed class SqliteFailures : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_busy_database_is_retryable()
    {
        var path = Path.Combine(_folder, "a.db");
        using var one = Open(path);
        Run(one, "CREATE TABLE t(x UNIQUE); BEGIN IMMEDIATE");
        using var two = Open(path);
        Provoke.By(() => Run(two, "BEGIN IMMEDIATE")).ShouldBeOfType<SqliteException>().ShouldBe(ErrorCode.ServiceUnavailable);
    }

    [Fact]
    public void A_broken_constraint_is_a_conflict()
    {
        using var one = Open(Path.Combine(_folder, "b.db"));
        Run(one, "CREATE TABLE t(x UNIQUE); INSERT INTO t VALUES(1)");
        Provoke.By(() => Run(one, "INSERT INTO t VALUES(1)")).ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public void A_file_that_is_no_database_a_missing_folder_and_a_read_only_one_are_the_machines()
    {
        var path = Path.Combine(_folder, "c.db");
        File.WriteAllText(path, new string('x', 5000));
        Provoke.By(() => { using var c = Open(path); Run(c, "SELECT * FROM sqlite_master"); }).ShouldBe(ErrorCode.ConfigurationError);
        Provoke.By(() => Open(Path.Combine(_folder, "no", "c.db")).Dispose()).ShouldBe(ErrorCode.ConfigurationError);
        using var writable = Open(Path.Combine(_folder, "d.db"));
        Run(writable, "CREATE TABLE t(x)");
        using var readOnly = Open(Path.Combine(_folder, "d.db") + ";Mode=ReadOnly");
        Provoke.By(() => Run(readOnly, "INSERT INTO t VALUES(1)")).ShouldBe(ErrorCode.ConfigurationError);
    }

    [Fact]
    public void Wrong_SQL_is_our_own_fault()
    {
        using var one = Open(":memory:");
        Provoke.By(() => Run(one, "SELEKT")).ShouldBe(ErrorCode.InternalError);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
