namespace GitIntent.Reliability;

/// <summary>What went wrong, as a code. The number of each code is also its process exit code.</summary>
public enum ErrorCode
{
    /// <summary><c>RATE_LIMITED</c>: the other side asked for fewer calls. Retryable.</summary>
    RateLimited = 10,
    /// <summary><c>TIMEOUT</c>: an operation took longer than it was given. Retryable.</summary>
    Timeout = 11,
    /// <summary><c>NETWORK_ERROR</c>: the other side could not be reached or hung up. Retryable.</summary>
    NetworkError = 12,
    /// <summary><c>SERVICE_UNAVAILABLE</c>: the other side is there, but does not serve now. Retryable.</summary>
    ServiceUnavailable = 13,
    /// <summary><c>UPSTREAM_ERROR</c>: the other side failed. Retryable.</summary>
    UpstreamError = 14,

    /// <summary><c>VALIDATION_ERROR</c>: the input is not acceptable.</summary>
    ValidationError = 20,
    /// <summary><c>NOT_FOUND</c>: what was named does not exist.</summary>
    NotFound = 21,
    /// <summary><c>CONFLICT</c>: somebody else changed it first.</summary>
    Conflict = 22,
    /// <summary><c>LOCK_CONFLICT</c>: somebody else holds the lock. Retryable.</summary>
    LockConflict = 23,
    /// <summary><c>IDEMPOTENCY_CONFLICT</c>: the operation is under way elsewhere, or was begun with another input.</summary>
    IdempotencyConflict = 24,

    /// <summary><c>POLICY_DENIED</c>: a policy forbids it.</summary>
    PolicyDenied = 30,
    /// <summary><c>APPROVAL_REQUIRED</c>: a human has to approve it first.</summary>
    ApprovalRequired = 31,
    /// <summary><c>QUOTA_EXCEEDED</c>: the allowance is used up.</summary>
    QuotaExceeded = 32,
    /// <summary><c>UNAUTHORIZED</c>: who asks is not known.</summary>
    Unauthorized = 33,
    /// <summary><c>FORBIDDEN</c>: who asks is known, and may not.</summary>
    Forbidden = 34,

    /// <summary><c>INTERNAL_ERROR</c>: our own fault.</summary>
    InternalError = 40,
    /// <summary><c>CONFIGURATION_ERROR</c>: the machine or its settings do not allow it.</summary>
    ConfigurationError = 41,
    /// <summary><c>UNHANDLED_ERROR</c>: everything that nothing else describes.</summary>
    UnhandledError = 42,
}
