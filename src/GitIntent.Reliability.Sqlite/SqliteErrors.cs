using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>Classifies raw exceptions of Microsoft.Data.Sqlite by their result codes: for applications that use the driver themselves.</summary>
public static class SqliteErrors
{
    /// <summary>Pass it to <see cref="ErrorTaxonomy.With"/>.</summary>
    public static ErrorClassifier Classifier { get; } = exception => exception is SqliteException e
        ? e.SqliteErrorCode == 19 ? new ErrorClassification(ErrorCode.Conflict) : new ErrorClassification(SqliteStoreException.From("", e).Code)
        : null;
}
