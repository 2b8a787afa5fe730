using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>What is wrong with a file.</summary>
public enum SqliteStoreFailure
{
    /// <summary>Another process is writing, and was for longer than the time to wait. Retryable.</summary>
    Busy,
    /// <summary>The file, its folder, or the way it was opened does not allow writing.</summary>
    ReadOnly,
    /// <summary>The disk is full.</summary>
    Full,
    /// <summary>The file is damaged.</summary>
    Corrupt,
    /// <summary>The file is no SQLite database.</summary>
    NotADatabase,
    /// <summary>The file was made by another program.</summary>
    Foreign,
    /// <summary>The file was made by a newer version of this package.</summary>
    NewerVersion,
    /// <summary>The file cannot be opened: its folder is missing, it is a folder, or it may not be read.</summary>
    CannotOpen,
    /// <summary>The system failed to read or write.</summary>
    InputOutput,
    /// <summary>Anything else that SQLite says.</summary>
    Other,
}

/// <summary>A SQLite file that does not do what a store needs. Nothing that was acknowledged is lost by it, and nothing of what failed is kept.</summary>
public sealed class SqliteStoreException : GwiException
{
    internal SqliteStoreException(string path, SqliteStoreFailure failure, string message, Exception? cause = null)
        : base(CodeOf(failure), message, cause)
    {
        Path = path;
        Failure = failure;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public SqliteStoreFailure Failure { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = Path, ["failure"] = Failure.ToString() };

    internal static SqliteStoreException From(string path, SqliteException e)
    {
        var (failure, says) = e.SqliteErrorCode switch
        {
            5 or 6 or 15 => (SqliteStoreFailure.Busy, "another process is writing to it; try again, or wait longer"),
            8 => (SqliteStoreFailure.ReadOnly, "it may not be written to; check the rights of the file and its folder, and mode=ro"),
            3 or 14 or 23 => (SqliteStoreFailure.CannotOpen, "it cannot be opened; check that its folder exists and may be read and written"),
            10 => (SqliteStoreFailure.InputOutput, "the system failed to read or write it"),
            11 => (SqliteStoreFailure.Corrupt, "it is damaged; put it aside and start with a new one, or restore it"),
            13 => (SqliteStoreFailure.Full, "the disk is full; make room"),
            26 => (SqliteStoreFailure.NotADatabase, "it is no SQLite database; choose another path"),
            _ => (SqliteStoreFailure.Other, "SQLite refuses"),
        };
        return new SqliteStoreException(path, failure, $"The store file {path} failed: {says}. ({e.Message})", e);
    }

    private static ErrorCode CodeOf(SqliteStoreFailure failure) => failure switch
    {
        SqliteStoreFailure.Busy => ErrorCode.ServiceUnavailable,
        SqliteStoreFailure.Other => ErrorCode.InternalError,
        _ => ErrorCode.ConfigurationError,
    };
}
