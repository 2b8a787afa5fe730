using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>The tables, made step by step; <c>user_version</c> counts the steps that a file has.</summary>
internal static class Schema
{
    /// <summary>"GwiR", so that a file of another program is told from ours.</summary>
    public const int ApplicationId = 0x47776952;

    // Times are ticks of UTC: expiry is exact to the tick, and an index sorts them. A step is never changed once it was released; a new one is added.
    private static readonly string[] s_steps =
    [
        """
        CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL);
        CREATE TABLE locks (
          tenant TEXT NOT NULL, run TEXT NOT NULL, owner TEXT NOT NULL, holder TEXT NOT NULL, fence INTEGER NOT NULL,
          acquired INTEGER NOT NULL, expires INTEGER NOT NULL, reason TEXT, PRIMARY KEY (tenant, run)) WITHOUT ROWID, STRICT;
        CREATE INDEX locks_expires ON locks (expires);
        """,
        """
        CREATE TABLE operations (
          tenant TEXT NOT NULL, identity TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL, operation TEXT NOT NULL, input TEXT NOT NULL,
          owner TEXT NOT NULL, fence INTEGER NOT NULL, status INTEGER NOT NULL, created INTEGER NOT NULL, completed INTEGER, expires INTEGER NOT NULL,
          result TEXT, failure TEXT, PRIMARY KEY (tenant, identity)) STRICT;
        CREATE INDEX operations_run ON operations (tenant, run);
        CREATE INDEX operations_expires ON operations (expires);
        """,
        "CREATE TABLE checkpoints (tenant TEXT NOT NULL, run TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (tenant, run)) STRICT;",
    ];

    public static int Version => s_steps.Length;

    /// <summary>Makes or upgrades what is there. Two processes that open a new file at once agree, for the check is made inside of the write transaction.</summary>
    public static void Apply(SqliteConnection connection, string path, bool readOnly, long firstFence, int upTo)
    {
        var version = CheckAtOnce(connection, path);
        if (version >= upTo)
            return;
        if (readOnly)
            throw new SqliteStoreException(path, SqliteStoreFailure.ReadOnly, $"The store file {path} has schema {version}, needs {upTo}, and was opened read-only. Open it once for writing.");
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            version = Check(connection, path);
            for (; version < upTo; version++)
                connection.Run(s_steps[version]);
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO counter VALUES (1, {firstFence})"));
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
            connection.Run("COMMIT");
        }
        catch
        {
            connection.TryRollback();
            throw;
        }
    }

    /// <summary>One snapshot for all that is read: another process that makes the file between two reads would look like another program's.</summary>
    private static int CheckAtOnce(SqliteConnection connection, string path)
    {
        connection.Run("BEGIN");
        try
        {
            return Check(connection, path);
        }
        finally
        {
            connection.TryRollback();
        }
    }

    private static int Check(SqliteConnection connection, string path)
    {
        var version = (int)connection.Scalar("PRAGMA user_version");
        var application = connection.Scalar("PRAGMA application_id");
        var tables = connection.Scalar("SELECT count(*) FROM sqlite_schema");
        if (application != ApplicationId && (application != 0 || version != 0 || tables != 0))
            throw new SqliteStoreException(path, SqliteStoreFailure.Foreign, $"The file {path} is a database of another program. Choose another path.");
        return version <= Version
            ? version
            : throw new SqliteStoreException(path, SqliteStoreFailure.NewerVersion, $"The store file {path} has schema {version}; this version of GitIntent.Reliability.Sqlite knows up to {Version}. Update the package.");
    }
}
