namespace GitIntent.Reliability;

/// <summary>Opens a store of one scheme.</summary>
/// <param name="uri">Where.</param>
/// <param name="options">Clock, tenant, taxonomy, log. The tenant is the URI's, if it names one.</param>
public delegate ReliabilityStores StoreFactory(StoreUri uri, ReliabilityOptions options);

/// <summary>Which schemes can be opened. <c>memory</c> always can; each store's package adds its own.</summary>
public sealed class StoreRegistry
{
    private readonly Dictionary<string, StoreFactory> _factories = new(StringComparer.Ordinal)
    {
        ["memory"] = static (_, options) =>
        {
            var data = new MemoryStore(options.TimeProvider);
            return new ReliabilityStores(new MemoryRunLockManager(data, options), new MemoryIdempotencyStore(data, options), new MemoryCheckpointManager(data, options));
        },
    };

    /// <summary>Registers a scheme; a later registration wins.</summary>
    /// <param name="scheme">The scheme, in lower case.</param>
    /// <param name="factory">Opens it.</param>
    public StoreRegistry Add(string scheme, StoreFactory factory)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(factory);
        _factories[scheme] = factory;
        return this;
    }

    /// <summary>Opens the store at <paramref name="uri"/>.</summary>
    /// <exception cref="GwiException">Nothing serves the scheme (<c>CONFIGURATION_ERROR</c>; the message names the package to add), or the store cannot be opened.</exception>
    /// <exception cref="GwiValidationException">The tenant is not acceptable.</exception>
    public ReliabilityStores Open(StoreUri uri, ReliabilityOptions? options = null)
    {
        Check(uri);
        options ??= ReliabilityOptions.Default;
        return _factories[uri.Scheme](uri, uri.Tenant is { } tenant ? options with { Tenant = tenant } : options);
    }

    /// <inheritdoc cref="Open(StoreUri, ReliabilityOptions?)"/>
    public ReliabilityStores Open(string uri, ReliabilityOptions? options = null) => Open(StoreUri.Parse(uri), options);

    /// <summary>Whether the scheme can be opened, without opening it.</summary>
    /// <exception cref="GwiException">It cannot.</exception>
    public void Check(StoreUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (_factories.ContainsKey(uri.Scheme))
            return;
        var scheme = Array.Find(StoreScheme.All, s => s.Name == uri.Scheme)!;
        throw new GwiException(ErrorCode.ConfigurationError, scheme.Call.Length == 0
            ? $"No store is served by the scheme {scheme.Name}; it names a target of the reliability checks."
            : $"No store is registered for {scheme.Expected}. Add the package {scheme.Package}, and call {scheme.Call} where the store is configured.");
    }
}
