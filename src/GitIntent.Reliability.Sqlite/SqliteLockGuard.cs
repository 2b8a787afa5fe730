using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>The guard for resources that live in a SQLite database: checked in the very transaction that writes, so that no newer holder can come between.</summary>
/// <remarks>It keeps the highest fence of each resource in the table <c>gwi_fences</c>, which it makes in the database that it is given.</remarks>
public static class SqliteLockGuard
{
    /// <summary>Refuses the write if a newer fence was seen, and remembers this one.</summary>
    /// <param name="connection">The resource's database.</param>
    /// <param name="transaction">The transaction that writes; begun with <c>BEGIN IMMEDIATE</c>, as the driver does unless told otherwise.</param>
    /// <param name="resource">What is protected.</param>
    /// <param name="fence">The writer's fence.</param>
    /// <exception cref="LockLostException">A newer fence was seen. Roll back.</exception>
    /// <exception cref="GwiValidationException">The name is not acceptable, or the fence not positive.</exception>
    public static void Pass(SqliteConnection connection, SqliteTransaction transaction, string resource, long fence)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(transaction);
        LockGuard.Check(resource, fence);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS gwi_fences (resource TEXT PRIMARY KEY, fence INTEGER NOT NULL) STRICT;
            INSERT INTO gwi_fences VALUES ($resource, $fence) ON CONFLICT (resource) DO UPDATE SET fence = $fence WHERE fence <= $fence RETURNING fence;
            """;
        command.Parameters.AddWithValue("$resource", resource);
        command.Parameters.AddWithValue("$fence", fence);
        if (command.ExecuteScalar() is null)
            throw LockGuard.Stale(resource, fence);
    }
}
