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
        new("types-have-their-code", "Every type of error has its code, its fields, and what follows from them.", Types),
        new("unknown-is-unhandled", "What nothing describes is UNHANDLED_ERROR: exit code 42, never 0 or 1, and not retryable.", Unknown),
        new("cancellation-no-failure", "A cancellation is not retryable, and no failure: exit code 130.", Cancellation),
        new("wrap-keeps", "Wrapping returns an error that is one of ours as it is; another becomes the cause of one, with its message and the given details.", Wrap),
        new("audit-agrees", "An audit event agrees with the classification: code and retryable.", AuditAgrees),
        new("audit-complete", "An audit event has the type, the message, the time, the error's fields and its causes, outermost first.", AuditComplete),
        new("audit-context", "An audit event has the error's context and the caller's, and the caller's wins.", AuditContext),
        new("audit-redacted", "An audit event shows no secret.", AuditRedacted),
        new("audit-never-throws", "Making an audit event never throws, whatever the error does.", AuditNeverThrows),
    ]);

    private static bool Retryable(Scene s, Exception? e, string what) => s.Call($"is {what} retryable", () => s.Errors.IsRetryable(e), static yes => Show.Value(yes));

    private static int Exit(Scene s, Exception? e, string what) => s.Call($"exit code of {what}", () => s.Errors.ToExitCode(e), static code => Show.Value(code));

    private static AuditEvent Audit(Scene s, Exception? e, IReadOnlyDictionary<string, object?>? context = null) =>
        s.Call($"audit {e?.GetType().Name ?? "null"}", () => s.Errors.ToAuditEvent(e, context), static a => a is null ? "nothing" : $"{a.Code}, {(a.Retryable ? "" : "not ")}retryable")
        ?? throw new BrokenPromiseException("There is no audit event.");

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

        foreach (var run in new[] { "not retryable", "validation", "forbidden-404", "run-1" })
            s.Holds(Retryable(s, new LockConflictException(run, "validation error"), $"a lock conflict over {run}"), $"A lock conflict over the run {run} is not retryable.");
        return Task.CompletedTask;
    }

    private static Task Types(Scene s)
    {
        foreach (var (e, code, fields) in new (GwiException, ErrorCode, string)[]
        {
            (new RetryableException("x"), ErrorCode.UpstreamError, ""),
            (new NonRetryableException("x"), ErrorCode.InternalError, ""),
            (new PolicyDeniedException("x", "FRIDAY", "deploy"), ErrorCode.PolicyDenied, "policyReasonCode=FRIDAY toolName=deploy"),
            (new ApprovalRequiredException("x", ApprovalType.HighRisk, "deploy", "production"), ErrorCode.ApprovalRequired, "approvalScope=production requiredApprovalType=high_risk toolName=deploy"),
            (new LockConflictException("run-1", "holder-A"), ErrorCode.LockConflict, "holderId=holder-A runId=run-1"),
            (new GwiTimeoutException("x", TimeSpan.FromSeconds(2), "fetch"), ErrorCode.Timeout, "operation=fetch timeoutMs=2000"),
        })
        {
            var row = s_table.Single(r => r.Code == code);
            s.Same((Exit(s, e, e.GetType().Name), Retryable(s, e, e.GetType().Name)), (row.Exit, row.Retryable), $"Exit code and retryability of {e.GetType().Name}");
            var audit = Audit(s, e);
            s.Same(audit.Code, code, $"The code of {e.GetType().Name}");
            s.Same(string.Join(" ", audit.Fields.OrderBy(static f => f.Key, StringComparer.Ordinal).Select(static f => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{f.Key}={f.Value}"))), fields, $"The fields of {e.GetType().Name}");
        }

        return Task.CompletedTask;
    }

    private static Task Unknown(Scene s)
    {
        foreach (var (e, what) in new (Exception?, string)[] { (new InvalidOperationException("out of paper"), "an InvalidOperationException"), (null, "null"), (new GwiException((ErrorCode)77, "?"), "an error with a number that is no code") })
        {
            s.Same(Exit(s, e, what), 42, $"The exit code of {what}");
            s.Holds(!Retryable(s, e, what), $"Retrying {what} was advised.");
            s.Same(Audit(s, e).Code, ErrorCode.UnhandledError, $"The code of {what}");
        }

        return Task.CompletedTask;
    }

    private static Task Cancellation(Scene s)
    {
        foreach (var e in new Exception[] { new OperationCanceledException("the request timed out (timeout)"), new TaskCanceledException("503") })
        {
            s.Holds(!Retryable(s, e, e.GetType().Name), "A cancellation is retryable.");
            s.Same(Exit(s, e, e.GetType().Name), 130, "The exit code of a cancellation");
            s.Holds(!Audit(s, e).Retryable, "The audit event of a cancellation is retryable.");
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
        s.Same(s.Errors.Wrap(new InvalidOperationException("x")).Code, ErrorCode.UnhandledError, "The code of a wrapped error that nothing describes");
        return Task.CompletedTask;
    }

    private static Task AuditAgrees(Scene s)
    {
        Exception[] all = [.. s_table.Select(static r => new GwiException(r.Code, "x")), new TimeoutException("x"), new InvalidOperationException("ECONNRESET"), new InvalidOperationException("x"), new HttpRequestException("x", null, System.Net.HttpStatusCode.ServiceUnavailable)];
        foreach (var e in all)
        {
            var audit = Audit(s, e);
            s.Same(audit.Retryable, Retryable(s, e, e.GetType().Name), $"Whether the audit event of {e.GetType().Name} is retryable");
            s.Same((int)audit.Code, Exit(s, e, e.GetType().Name), $"The code of the audit event of {e.GetType().Name}");
        }

        return Task.CompletedTask;
    }

    private static Task AuditComplete(Scene s)
    {
        var at = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        var e = new RetryableException("outer", ErrorCode.NetworkError, new InvalidOperationException("middle", new TimeoutException("inner")), new ErrorDetails { Timestamp = at });
        var audit = Audit(s, e);
        s.Same((audit.Type, audit.Code, audit.Message, audit.Timestamp, audit.ExceptionType), ("error", ErrorCode.NetworkError, "outer", at, "RetryableException"), "The audit event");
        s.Same(string.Join(" > ", audit.Causes.Select(static c => $"{c.ExceptionType}: {c.Message}")), "InvalidOperationException: middle > TimeoutException: inner", "The causes");
        s.Same(string.Join(" ", Audit(s, new AggregateException(new TimeoutException("one"), new InvalidOperationException("two"))).Causes.Select(static c => c.Message)), "one two", "The causes of several errors at once");
        return Task.CompletedTask;
    }

    private static Task AuditContext(Scene s)
    {
        var e = new GwiException(ErrorCode.NotFound, "x", null, new ErrorDetails { Context = new Dictionary<string, object?> { ["a"] = "error's", ["b"] = "error's", ["zero"] = 0, ["no"] = false } });
        var audit = Audit(s, e, new Dictionary<string, object?> { ["b"] = "caller's", ["c"] = "caller's" });
        s.Same(string.Join(" ", audit.Context.OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => $"{c.Key}={c.Value}")), "a=error's b=caller's c=caller's no=False zero=0", "The context");
        s.Same(Audit(s, new TimeoutException("x"), new Dictionary<string, object?> { ["c"] = 1 }).Context.Count, 1, "How many facts the audit event of a foreign error has");
        s.Same(e.Context.GetValueOrDefault("b"), "error's", "The error's own context afterwards");
        return Task.CompletedTask;
    }

    private static Task AuditRedacted(Scene s)
    {
        const string secret = "hunter2-hunter2";
        var e = new GwiException(ErrorCode.NotFound, $"no answer from postgres://app:{secret}@db/x", new InvalidOperationException($"Authorization: Bearer {secret}"),
            new ErrorDetails { Context = new Dictionary<string, object?> { ["password"] = secret } });
        var audit = Audit(s, e, new Dictionary<string, object?> { ["apiKey"] = secret });
        var all = $"{audit.Message} {string.Join(" ", audit.Context.Values)} {string.Join(" ", audit.Causes.Select(static c => c.Message))}";
        s.Holds(!all.Contains(secret, StringComparison.Ordinal), "A secret is in the audit event.");
        return Task.CompletedTask;
    }

    private static Task AuditNeverThrows(Scene s)
    {
        foreach (var e in new Exception?[] { null, new Hostile(), new InvalidOperationException("x", new Hostile()), new GwiException(ErrorCode.NotFound, "x", null, new ErrorDetails { Context = new Dictionary<string, object?> { ["x"] = new Hostile() } }) })
        {
            try
            {
                Audit(s, e);
            }
            catch (Exception thrown) when (thrown is not (BrokenPromiseException or PartMissingException))
            {
                throw new BrokenPromiseException($"Making the audit event of {e?.GetType().Name ?? "null"} threw {thrown.GetType().Name}.");
            }
        }

        return Task.CompletedTask;
    }

    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");

        public override string ToString() => throw new InvalidOperationException("no text for you");
    }
}
