namespace GitIntent.Reliability;

/// <summary>Turns any exception into a code, a decision to retry, an exit code, an audit event.</summary>
public interface IErrorTaxonomy
{
    /// <summary>Whether the same call may succeed later. Cancellation is not retryable.</summary>
    /// <param name="exception">Any exception; null is not retryable.</param>
    bool IsRetryable(Exception? exception);

    /// <summary>The process exit code: 10–49, or 130 for a cancellation (which is no failure).</summary>
    /// <param name="exception">Any exception; null is <c>UNHANDLED_ERROR</c>.</param>
    int ToExitCode(Exception? exception);

    /// <summary>The exception as one of ours: itself where it is one, else a new one with it as the cause.</summary>
    /// <param name="exception">Any exception.</param>
    /// <param name="details">What else is known. It is ignored where the exception is one of ours already.</param>
    GwiException Wrap(Exception exception, ErrorDetails? details = null);

    /// <summary>The exception as a record for an audit log: redacted, with its causes. Never throws.</summary>
    /// <param name="exception">Any exception.</param>
    /// <param name="context">Facts of the caller; where a name occurs in the exception's context too, the caller's wins.</param>
    AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null);
}
