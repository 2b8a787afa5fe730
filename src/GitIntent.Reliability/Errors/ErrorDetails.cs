namespace GitIntent.Reliability;

/// <summary>What a <see cref="GwiException"/> may carry besides its code. Nothing here can make a permanent error retryable.</summary>
public sealed record ErrorDetails
{
    /// <summary>How long to wait before trying again. Ignored where the code is not retryable; a negative value is zero.</summary>
    /// <value>The default of the code, see <see cref="ErrorCodes.All"/>.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often to try again. Ignored where the code is not retryable; a negative value is zero.</summary>
    /// <value>The default of the code, see <see cref="ErrorCodes.All"/>.</value>
    public int? MaxRetries { get; init; }

    /// <summary>Facts for whoever has to find the cause. Secrets are redacted when they leave the process in an audit event or log line.</summary>
    public IReadOnlyDictionary<string, object?>? Context { get; init; }

    /// <summary>When it happened.</summary>
    /// <value>Now, by the system's clock.</value>
    public DateTimeOffset? Timestamp { get; init; }
}
