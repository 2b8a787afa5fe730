namespace GitIntent.Reliability;

/// <summary>A run of a tenant. Both are part of the key, so that no tenant can lock out or read another.</summary>
/// <remarks>A string converts to the key of that run in the store's own tenant.</remarks>
public readonly record struct RunKey
{
    /// <summary>The tenant of stores that were not told another.</summary>
    public const string DefaultTenant = "default";

    /// <summary>Creates a key.</summary>
    /// <param name="runId">1 to 512 characters, neither blank nor with control characters or unpaired surrogates.</param>
    /// <param name="tenant">The same; null is the tenant that the store was made for.</param>
    /// <exception cref="GwiValidationException">One of them is not acceptable.</exception>
    public RunKey(string runId, string? tenant = null)
    {
        RunId = Identifiers.Required(runId, "runId");
        Tenant = Identifiers.Optional(tenant, "tenant");
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The tenant; null is the tenant that the store was made for.</summary>
    public string? Tenant { get; }

    /// <summary>The key of <paramref name="runId"/> in the store's own tenant.</summary>
    /// <exception cref="GwiValidationException">The id is not acceptable.</exception>
    public static implicit operator RunKey(string runId) => FromString(runId);

    /// <summary>The key of <paramref name="runId"/> in the store's own tenant.</summary>
    /// <exception cref="GwiValidationException">The id is not acceptable.</exception>
    public static RunKey FromString(string runId) => new(runId);

    /// <inheritdoc/>
    public override string ToString() => Tenant is null ? RunId : $"{Tenant}/{RunId}";

    /// <summary>The key with its tenant filled in.</summary>
    /// <exception cref="GwiValidationException">It is <c>default</c>, and names no run.</exception>
    internal RunKey In(string tenant)
    {
        if (RunId is null)
            Identifiers.Required(RunId, "runId");
        return Tenant is null ? new RunKey(this, tenant) : this;
    }

    private RunKey(RunKey key, string tenant)
    {
        RunId = key.RunId;
        Tenant = tenant;
    }
}
