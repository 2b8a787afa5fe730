using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>What all managers and stores may be told.</summary>
public sealed record ReliabilityOptions
{
    internal static readonly ReliabilityOptions Default = new();

    /// <summary>The clock of the process: timers, time-outs, and the time of day of the stores that have no clock of their own.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The tenant of keys that name none.</summary>
    /// <value><see cref="RunKey.DefaultTenant"/>.</value>
    public string Tenant { get; init; } = RunKey.DefaultTenant;

    /// <summary>Decides which failures are worth another try.</summary>
    /// <value><see cref="ErrorTaxonomy.Default"/>.</value>
    public IErrorTaxonomy Taxonomy { get; init; } = ErrorTaxonomy.Default;

    /// <summary>Where failures go that may not reach the caller, such as that of a release after the work is done.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
