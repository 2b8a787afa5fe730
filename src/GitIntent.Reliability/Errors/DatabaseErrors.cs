using System.Data.Common;
using System.Globalization;

namespace GitIntent.Reliability;

internal static class DatabaseErrors
{
    private const string SqlitePrefix = "SQLite Error ";

    /// <summary>The driver's own word first, then SQLSTATE (its class, ISO 9075-2 table 38), then the number that Microsoft.Data.Sqlite puts first in its messages.</summary>
    public static ErrorClassification? Of(DbException e)
    {
        if (e.SqlState is { Length: 5 } state && OfSqlState(state) is { } code)
            return new(code);
        if (e.IsTransient)
            return new(ErrorCode.ServiceUnavailable);
        if (SqliteNumber(e) is { } number)
            return new(OfSqlite(number));
        return null;
    }

    private static ErrorCode? OfSqlState(string state) => state switch
    {
        "57014" => ErrorCode.Timeout, // query_canceled: statement_timeout
        "57P01" or "57P02" or "57P03" => ErrorCode.ServiceUnavailable,
        "40001" or "40P01" or "55P03" => ErrorCode.ServiceUnavailable, // serialization failure, deadlock, lock not available
        "42501" => ErrorCode.Forbidden,
        "53100" => ErrorCode.ConfigurationError, // disk full
        _ => state[..2] switch
        {
            "08" => ErrorCode.NetworkError,
            "22" => ErrorCode.ValidationError,
            "23" => ErrorCode.Conflict,
            "28" => ErrorCode.Unauthorized,
            "3D" => ErrorCode.NotFound,
            "53" => ErrorCode.ServiceUnavailable,
            _ => null,
        },
    };

    /// <summary>The driver's property for it is its own, and this library knows no driver; the prefix is part of its contract with its callers' logs.</summary>
    private static int? SqliteNumber(DbException e)
    {
        var message = SafeText.MessageOf(e);
        if (!message.StartsWith(SqlitePrefix, StringComparison.Ordinal))
            return null;
        var digits = message.AsSpan(SqlitePrefix.Length);
        var end = digits.IndexOf(':');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Result codes of https://www.sqlite.org/rescode.html.</summary>
    internal static ErrorCode OfSqlite(int primary) => primary switch
    {
        5 or 6 => ErrorCode.ServiceUnavailable, // BUSY, LOCKED
        15 or 17 => ErrorCode.ServiceUnavailable, // PROTOCOL, SCHEMA
        3 or 23 => ErrorCode.Forbidden, // PERM, AUTH
        19 => ErrorCode.Conflict, // CONSTRAINT
        18 or 20 or 25 => ErrorCode.ValidationError, // TOOBIG, MISMATCH, RANGE
        7 or 8 or 10 or 11 or 13 or 14 or 22 or 26 => ErrorCode.ConfigurationError, // NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOLFS, NOTADB
        _ => ErrorCode.InternalError,
    };
}
