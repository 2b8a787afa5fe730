using GitIntent.Reliability;
using GitIntent.Reliability.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <c>sqlite:PATH</c>.</summary>
public static class SqliteReliabilityExtensions
{
    /// <summary>Serves <c>sqlite:</c>, and classifies the driver's exceptions by their codes.</summary>
    /// <param name="builder">The builder of <c>AddReliability</c>.</param>
    public static IReliabilityBuilder AddSqlite(this IReliabilityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Stores.AddSqlite();
        return builder.AddClassifier(SqliteErrors.Classifier);
    }

    /// <summary>Serves <c>sqlite:</c>, without a service collection.</summary>
    /// <param name="registry">The registry.</param>
    public static StoreRegistry AddSqlite(this StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.Add("sqlite", static (uri, options) =>
        {
            var store = SqliteStore.Open(new SqliteStoreOptions { Path = uri.Path, ReadOnly = uri.ReadOnly }, options);
            return new ReliabilityStores(new SqliteRunLockManager(store, options), new SqliteIdempotencyStore(store, options), new SqliteCheckpointManager(store, options), store);
        });
    }
}
