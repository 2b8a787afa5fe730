using GitIntent.Reliability;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the library in a service collection.</summary>
public interface IReliabilityBuilder
{
    /// <summary>The services.</summary>
    IServiceCollection Services { get; }

    /// <summary>The schemes that can be opened.</summary>
    StoreRegistry Stores { get; }

    /// <summary>Asks this classifier about foreign exceptions before the library's own rules.</summary>
    /// <param name="classifier">Knows the exceptions of one library.</param>
    IReliabilityBuilder AddClassifier(ErrorClassifier classifier);
}

/// <summary>Adds the library to a service collection.</summary>
public static class ReliabilityServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="RunLockManager"/>, <see cref="IdempotencyStore"/>, <see cref="CheckpointManager"/>, <see cref="IResumeAnalyzer"/>,
    /// <see cref="IErrorTaxonomy"/> and <see cref="MetricsRegistry"/> as singletons. The store is opened when it is first used, with the container's
    /// <see cref="TimeProvider"/> and <see cref="ILoggerFactory"/>, if it has them.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="storeUri">Where the store is, see <see cref="StoreUri"/>.</param>
    /// <param name="configure">Registers the store's package, classifiers.</param>
    /// <exception cref="GwiException">The URI is wrong, or nothing serves its scheme: at once, not when the store is first used.</exception>
    public static IServiceCollection AddReliability(this IServiceCollection services, string storeUri, Action<IReliabilityBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var uri = StoreUri.Parse(storeUri);
        var builder = new Builder(services);
        configure?.Invoke(builder);
        builder.Stores.Check(uri);
        services.TryAddSingleton(builder.Taxonomy);
        services.TryAddSingleton<IResumeAnalyzer>(ResumeAnalyzer.Instance);
        services.TryAddSingleton(provider => new MetricsRegistry(new() { TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System }));
        services.AddSingleton(provider => builder.Stores.Open(uri, new ReliabilityOptions
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            Taxonomy = provider.GetRequiredService<IErrorTaxonomy>(),
        }));
        services.AddSingleton(provider => provider.GetRequiredService<ReliabilityStores>().Locks);
        services.AddSingleton(provider => provider.GetRequiredService<ReliabilityStores>().Idempotency);
        services.AddSingleton(provider => provider.GetRequiredService<ReliabilityStores>().Checkpoints);
        return services;
    }

    private sealed class Builder(IServiceCollection services) : IReliabilityBuilder
    {
        private readonly List<ErrorClassifier> _classifiers = [];

        public IServiceCollection Services => services;

        public StoreRegistry Stores { get; } = new();

        public IErrorTaxonomy Taxonomy => ErrorTaxonomy.With(_classifiers);

        public IReliabilityBuilder AddClassifier(ErrorClassifier classifier)
        {
            _classifiers.Add(classifier);
            return this;
        }
    }
}
