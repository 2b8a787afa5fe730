namespace GitIntent.Reliability;

/// <summary>An operation took longer than it was given (<c>TIMEOUT</c>). Named beside the platform's <see cref="TimeoutException"/>.</summary>
public sealed class GwiTimeoutException : GwiException
{
    /// <summary>Creates a time-out.</summary>
    /// <param name="message">What took too long, for a human.</param>
    /// <param name="timeout">How long it was given.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="details">What else is known.</param>
    public GwiTimeoutException(string message, TimeSpan timeout, string? operation = null, Exception? innerException = null, ErrorDetails? details = null)
        : base(ErrorCode.Timeout, message, innerException, details)
    {
        Timeout = timeout;
        Operation = operation;
    }

    /// <summary>How long it was given.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The operation's name.</summary>
    public string? Operation { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("timeoutMs", Timeout.TotalMilliseconds), ("operation", Operation));
}
