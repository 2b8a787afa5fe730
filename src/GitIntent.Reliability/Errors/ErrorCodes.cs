using System.Collections.Frozen;

namespace GitIntent.Reliability;

/// <summary>The taxonomy as one table.</summary>
public static class ErrorCodes
{
    /// <summary>Every code, in the order of the exit codes.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        Retryable(ErrorCode.RateLimited, "RATE_LIMITED", 1_000, 3),
        Retryable(ErrorCode.Timeout, "TIMEOUT", 2_000, 2),
        Retryable(ErrorCode.NetworkError, "NETWORK_ERROR", 1_000, 3),
        Retryable(ErrorCode.ServiceUnavailable, "SERVICE_UNAVAILABLE", 1_000, 3),
        Retryable(ErrorCode.UpstreamError, "UPSTREAM_ERROR", 1_000, 3),
        Permanent(ErrorCode.ValidationError, "VALIDATION_ERROR"),
        Permanent(ErrorCode.NotFound, "NOT_FOUND"),
        Permanent(ErrorCode.Conflict, "CONFLICT"),
        Retryable(ErrorCode.LockConflict, "LOCK_CONFLICT", 1_000, 5),
        Permanent(ErrorCode.IdempotencyConflict, "IDEMPOTENCY_CONFLICT"),
        Permanent(ErrorCode.PolicyDenied, "POLICY_DENIED"),
        Permanent(ErrorCode.ApprovalRequired, "APPROVAL_REQUIRED"),
        Permanent(ErrorCode.QuotaExceeded, "QUOTA_EXCEEDED"),
        Permanent(ErrorCode.Unauthorized, "UNAUTHORIZED"),
        Permanent(ErrorCode.Forbidden, "FORBIDDEN"),
        Permanent(ErrorCode.InternalError, "INTERNAL_ERROR"),
        Permanent(ErrorCode.ConfigurationError, "CONFIGURATION_ERROR"),
        Permanent(ErrorCode.UnhandledError, "UNHANDLED_ERROR"),
    ];

    private static readonly FrozenDictionary<ErrorCode, ErrorDefinition> s_byCode = All.ToFrozenDictionary(d => d.Code);
    private static readonly FrozenDictionary<string, ErrorDefinition> s_byName = All.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The row of a code; a number that is no code is <see cref="ErrorCode.UnhandledError"/>.</summary>
    public static ErrorDefinition Describe(ErrorCode code) =>
        s_byCode.TryGetValue(code, out var known) ? known : s_byCode[ErrorCode.UnhandledError];

    /// <summary>The row of a published spelling such as <c>RATE_LIMITED</c>, or null.</summary>
    public static ErrorDefinition? Find(string? name) => name is not null && s_byName.TryGetValue(name, out var known) ? known : null;

    private static ErrorDefinition Retryable(ErrorCode code, string name, int afterMs, int retries) =>
        new(code, name, true, TimeSpan.FromMilliseconds(afterMs), retries);

    private static ErrorDefinition Permanent(ErrorCode code, string name) => new(code, name, false, null, null);
}
