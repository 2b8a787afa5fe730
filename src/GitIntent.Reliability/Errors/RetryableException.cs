namespace GitIntent.Reliability;

/// <summary>A transient failure: the same call may succeed later.</summary>
public sealed class RetryableException : GwiException
{
    /// <summary>Creates a transient failure.</summary>
    /// <param name="message">What happened, for a human.</param>
    /// <param name="code">A retryable code.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="details">What else is known.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not retryable: an error may not contradict its type.</exception>
    public RetryableException(string message, ErrorCode code = ErrorCode.UpstreamError, Exception? innerException = null, ErrorDetails? details = null)
        : base(Checked(code), message, innerException, details)
    {
    }

    private static ErrorCode Checked(ErrorCode code) => ErrorCodes.Describe(code).Retryable
        ? code
        : throw new ArgumentOutOfRangeException(nameof(code), code, $"{ErrorCodes.Describe(code).Name} is not retryable. Throw a {nameof(NonRetryableException)}, or choose a code of the 10s or LOCK_CONFLICT.");
}
