namespace GitIntent.Reliability;

/// <summary>One row of the taxonomy: everything that follows from a code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">Its published spelling, such as <c>RATE_LIMITED</c>.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
/// <param name="RetryAfter">How long to wait before trying again; null where it is not retryable.</param>
/// <param name="MaxRetries">How often to try again; null where it is not retryable.</param>
public sealed record ErrorDefinition(ErrorCode Code, string Name, bool Retryable, TimeSpan? RetryAfter, int? MaxRetries)
{
    /// <summary>The process exit code.</summary>
    public int ExitCode => (int)Code;

    /// <summary>The band of the exit code.</summary>
    public ErrorBand Band => (ErrorBand)((int)Code / 10 * 10);
}
