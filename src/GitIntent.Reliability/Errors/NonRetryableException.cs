namespace GitIntent.Reliability;

/// <summary>A permanent failure: the same call would fail again.</summary>
public sealed class NonRetryableException : GwiException
{
    /// <summary>Creates a permanent failure.</summary>
    /// <param name="message">What happened, for a human.</param>
    /// <param name="code">A code that is not retryable.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="details">What else is known.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is retryable: an error may not contradict its type.</exception>
    public NonRetryableException(string message, ErrorCode code = ErrorCode.InternalError, Exception? innerException = null, ErrorDetails? details = null)
        : base(Checked(code), message, innerException, details)
    {
    }

    private static ErrorCode Checked(ErrorCode code) => !ErrorCodes.Describe(code).Retryable
        ? code
        : throw new ArgumentOutOfRangeException(nameof(code), code, $"{ErrorCodes.Describe(code).Name} is retryable. Throw a {nameof(RetryableException)}, or choose a permanent code.");
}
