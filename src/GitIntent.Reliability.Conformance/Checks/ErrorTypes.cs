using System.Net;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What follows from the type and code of an error.</summary>
internal static class ErrorTypes
{
    private static readonly (ErrorCode Code, string Name, int Exit, bool Retryable)[] s_table =
    [
        (ErrorCode.RateLimited, "RATE_LIMITED", 10, true), (ErrorCode.Timeout, "TIMEOUT", 11, true), (ErrorCode.NetworkError, "NETWORK_ERROR", 12, true),
        (ErrorCode.ServiceUnavailable, "SERVICE_UNAVAILABLE", 13, true), (ErrorCode.UpstreamError, "UPSTREAM_ERROR", 14, true),
        (ErrorCode.ValidationError, "VALIDATION_ERROR", 20, false), (ErrorCode.NotFound, "NOT_FOUND", 21, false), (ErrorCode.Conflict, "CONFLICT", 22, false),
        (ErrorCode.LockConflict, "LOCK_CONFLICT", 23, true), (ErrorCode.IdempotencyConflict, "IDEMPOTENCY_CONFLICT", 24, false),
        (ErrorCode.PolicyDenied, "POLICY_DENIED", 30, false), (ErrorCode.ApprovalRequired, "APPROVAL_REQUIRED", 31, false), (ErrorCode.QuotaExceeded, "QUOTA_EXCEEDED", 32, false),
        (ErrorCode.Unauthorized, "UNAUTHORIZED", 33, false), (ErrorCode.Forbidden, "FORBIDDEN", 34, false),
        (ErrorCode.InternalError, "INTERNAL_ERROR", 40, false), (ErrorCode.ConfigurationError, "CONFIGURATION_ERROR", 41, false), (ErrorCode.UnhandledError, "UNHANDLED_ERROR", 42, false),
    ];

    public static ConformanceCheck Check { get; } = new("error-types", "Error types",
    [
        new("exit-codes", "Every code has its exit code: 10–14, 20–24, 30–34, 40–42.", ExitCodes),
        new("retryable-by-code", "Whether an error is retryable follows from its code: the 10s and LOCK_CONFLICT are, all others are not.", RetryableByCode),
        new("options-cannot-contradict", "Nothing passed in options can contradict the type, and no text of an error can.", Contradictions),
        new("types-have-their-code", "Every type of error has its code, and what follows from it.", Types),
        new("unknown-is-unhandled", "What nothing describes is UNHANDLED_ERROR: exit code 42, never 0 or 1, and not retryable.", Unknown),
        new("cancellation-no-failure", "A cancellation is not retryable, and no failure: exit code 130.", Cancellation),
        new("wrap-keeps", "Wrapping returns an error that is one of ours as it is; another becomes the cause of one, with its message and the given details.", Wrap),
        new("retry-advice", "A wrapped error that is retryable says after how long and how often, by its code unless the details say it; one that is not says neither.", RetryAdvice),
    ]);

    private static bool Retryable(Scene s, Exception? e, string what) => s.Call($"is {what} retryable", () => s.Errors.IsRetryable(e), static yes => Show.Value(yes));

    private static int Exit(Scene s, Exception? e, string what) => s.Call($"exit code of {what}", () => s.Errors.ToExitCode(e), static code => Show.Value(code));

    private static Task ExitCodes(Scene s)
    {
        foreach (var (code, name, exit, _) in s_table)
            s.Same(Exit(s, new GwiException(code, "it failed"), name), exit, $"The exit code of {name}");
        return Task.CompletedTask;
    }

    private static Task RetryableByCode(Scene s)
    {
        foreach (var (code, name, _, retryable) in s_table)
            s.Same(Retryable(s, new GwiException(code, "it failed"), name), retryable, $"Whether {name} is retryable");
        return Task.CompletedTask;
    }

    private static Task Contradictions(Scene s)
    {
        var details = new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(1), MaxRetries = 9, Context = new Dictionary<string, object?> { ["retryable"] = true, ["code"] = "TIMEOUT" } };
        foreach (var (code, name, exit, retryable) in s_table)
        {
            var e = new GwiException(code, "timeout: rate limit, ECONNRESET, 503 and 429", new TimeoutException("timeout"), details);
            s.Same(Retryable(s, e, $"{name} whose text, cause and options speak of time-outs"), retryable, $"Whether {name} with another error's text, cause and options is retryable");
            s.Same(Exit(s, e, $"{name} whose text, cause and options speak of time-outs"), exit, $"The exit code of {name} with another error's text, cause and options");
            s.Same(s.Errors.Wrap(e).Retryable, retryable, $"Whether {name} is retryable once it is wrapped");
        }

        // Neither a cause of ours nor a cancellation decides for what it has caused, and no advice is advice to the contrary.
        foreach (var cause in new Exception[] { new PolicyDeniedException("no"), new OperationCanceledException(), new RetryableException("later") })
        {
            foreach (var (code, _, exit, retryable) in new[] { s_table[2], s_table[6] })
            {
                var e = new GwiException(code, "it failed", cause);
                s.Same((Exit(s, e, $"{code} caused by {cause.GetType().Name}"), Retryable(s, e, $"{code} caused by {cause.GetType().Name}")), (exit, retryable), $"Exit code and retryability of {code} with a cause of another kind");
            }
        }

        s.Holds(Retryable(s, new RetryableException("x", ErrorCode.NetworkError, null, new ErrorDetails { RetryAfter = TimeSpan.Zero, MaxRetries = 0 }), "a network error that says to try again at once, and no times"), "A network error is not retryable because its advice is zero.");
        foreach (var run in new[] { "not retryable", "validation", "forbidden-404", "run-1" })
            s.Holds(Retryable(s, new LockConflictException(run, "validation error"), $"a lock conflict over {run}"), $"A lock conflict over the run {run} is not retryable.");
        return Task.CompletedTask;
    }

    private static Task Types(Scene s)
    {
        foreach (var (e, code) in new (GwiException, ErrorCode)[]
        {
            (new RetryableException("x"), ErrorCode.UpstreamError), (new NonRetryableException("x"), ErrorCode.InternalError), (new PolicyDeniedException("x", "FRIDAY", "deploy"), ErrorCode.PolicyDenied),
            (new ApprovalRequiredException("x", ApprovalType.HighRisk, "deploy", "production"), ErrorCode.ApprovalRequired), (new LockConflictException("run-1", "holder-A"), ErrorCode.LockConflict),
            (new GwiTimeoutException("x", TimeSpan.FromSeconds(2), "fetch"), ErrorCode.Timeout), (new GwiValidationException("x"), ErrorCode.ValidationError),
        })
        {
            var row = s_table.Single(r => r.Code == code);
            s.Same((Exit(s, e, e.GetType().Name), Retryable(s, e, e.GetType().Name)), (row.Exit, row.Retryable), $"Exit code and retryability of {e.GetType().Name}");
        }

        return Task.CompletedTask;
    }

    private static Task Unknown(Scene s)
    {
        foreach (var (e, what) in new (Exception?, string)[] { (new InvalidOperationException("out of paper"), "an InvalidOperationException"), (new ObjectDisposedException("printer"), "an ObjectDisposedException"), (new NotSupportedException("out of paper"), "a NotSupportedException"), (null, "null"), (new GwiException((ErrorCode)77, "?"), "an error with a number that is no code") })
        {
            s.Same(Exit(s, e, what), 42, $"The exit code of {what}");
            s.Holds(!Retryable(s, e, what), $"Retrying {what} was advised.");
        }

        return Task.CompletedTask;
    }

    private static Task Cancellation(Scene s)
    {
        foreach (var e in new Exception[] { new OperationCanceledException("the request timed out (timeout)"), new TaskCanceledException("503") })
        {
            s.Holds(!Retryable(s, e, e.GetType().Name), "A cancellation is retryable.");
            s.Same(Exit(s, e, e.GetType().Name), 130, "The exit code of a cancellation");
        }

        return Task.CompletedTask;
    }

    private static Task Wrap(Scene s)
    {
        var ours = new PolicyDeniedException("no");
        s.Holds(ReferenceEquals(s.Call("wrap a PolicyDeniedException", () => s.Errors.Wrap(ours, new ErrorDetails { MaxRetries = 7 }), static w => w.GetType().Name), ours), "An error that is one of ours is not returned as it is.");
        var foreign = new TimeoutException("too slow");
        var wrapped = s.Call("wrap a TimeoutException", () => s.Errors.Wrap(foreign, new ErrorDetails { Context = new Dictionary<string, object?> { ["run"] = "run-1" }, RetryAfter = TimeSpan.FromSeconds(7) }), static w => $"{w.Code}");
        s.Holds(ReferenceEquals(wrapped.InnerException, foreign), "The error that was wrapped is not the cause.");
        s.Same((wrapped.Code, wrapped.Message, wrapped.RetryAfter), (ErrorCode.Timeout, "too slow", TimeSpan.FromSeconds(7)), "The wrapped error");
        s.Same(wrapped.Context.GetValueOrDefault("run"), "run-1", "The context of the wrapped error");
        var nested = new InvalidOperationException("outer", new TimeoutException("inner"));
        var at = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        wrapped = s.Call("wrap an InvalidOperationException that has a cause", () => s.Errors.Wrap(nested, new ErrorDetails { Timestamp = at }), static w => $"{w.Code}");
        s.Holds(ReferenceEquals(wrapped.InnerException, nested), "The error that was wrapped is not the cause: its own cause is, or none.");
        s.Same(wrapped.Timestamp, at, "The time that the details say");
        s.Same(s.Errors.Wrap(new InvalidOperationException("x")).Code, ErrorCode.UnhandledError, "The code of a wrapped error that nothing describes");
        return Task.CompletedTask;
    }

    private static Task RetryAdvice(Scene s)
    {
        foreach (var (e, after, retries) in new (Exception, int?, int?)[]
        {
            (new TimeoutException("too slow"), 2000, 2), (new HttpRequestException("busy", null, HttpStatusCode.TooManyRequests), 1000, 3), (new InvalidOperationException("status 503"), 1000, 3),
            (new LockConflictException("run-1", "holder-A"), 1000, 5), (new HttpRequestException("bad", null, HttpStatusCode.BadRequest), null, null), (new InvalidOperationException("out of paper"), null, null),
        })
        {
            var wrapped = s.Call($"wrap {e.GetType().Name} \"{e.Message}\"", () => s.Errors.Wrap(e), static w => $"{w.Code}");
            s.Same((wrapped.RetryAfter?.TotalMilliseconds, wrapped.MaxRetries), (after, retries), $"Milliseconds to wait and times to try again of {e.GetType().Name}");
        }

        var given = s.Errors.Wrap(new TimeoutException("too slow"), new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(7), MaxRetries = 9 });
        s.Same((given.RetryAfter?.TotalMilliseconds, given.MaxRetries), (7000d, 9), "Milliseconds to wait and times to try again, where the details say them");
        return Task.CompletedTask;
    }
}
