using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GitIntent.Reliability.Sqlite;

internal static class Commands
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>The result code of a statement that is run without the driver, whose command costs more than a BEGIN, and waits for a busy file in ways of its own.</summary>
    public static int CodeOf(this SqliteConnection connection, string sql) => raw.sqlite3_exec(connection.Handle, sql);

    public static void ThrowFor(this SqliteConnection connection, int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);

    public static void SetBusyTimeout(this SqliteConnection connection, int milliseconds) => raw.sqlite3_busy_timeout(connection.Handle, milliseconds);

    /// <summary>SQLite rolls back by itself on some errors, and then says that there is nothing to roll back.</summary>
    public static void TryRollback(this SqliteConnection connection)
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
        }
    }

    /// <exception cref="InvalidDataException">The column holds no time; the writer says whose file it is.</exception>
    public static DateTimeOffset Time(this SqliteDataReader reader, int column) => reader.GetInt64(column) is var ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? new(ticks, TimeSpan.Zero)
        : throw new InvalidDataException($"{reader.GetName(column)} is {ticks.ToString(CultureInfo.InvariantCulture)}, which is no time.");

    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
