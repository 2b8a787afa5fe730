using System.Collections;
using System.Globalization;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Errors as an audit log keeps them.</summary>
internal static partial class AuditEvents
{
    public static ConformanceCheck Check { get; } = new("audit-events", "Audit events",
    [
        new("audit-agrees", "An audit event agrees with the classification: it is retryable as IsRetryable says, and its code is that of the exit code.", Agrees),
        new("audit-cancellation", "The audit event of a cancellation is not retryable.", Cancellation),
        new("audit-complete", "An audit event has the type error, the error's message and type, and the time at which it happened.", Complete),
        new("audit-fields", "An audit event carries the fields that only this type of error has, as what they are, and no others.", Fields),
        new("audit-causes", "An audit event carries the chain of causes with type, code and message, outermost first, and all causes of several errors at once.", Causes),
        new("audit-context", "An audit event has the error's context and the caller's, falsy values too.", Context),
        new("caller-wins", "Where the error's context and the caller's have a name in common, the caller's value wins.", CallerWins),
        new("audit-inputs-unchanged", "Making an audit event changes neither the error nor the caller's context, and later changes of these do not change the event.", InputsUnchanged),
        new("audit-secrets-by-name", "A value whose name is a secret's is in no audit event, whoever gave it and however deep.", SecretsByName),
        new("audit-secrets-by-shape", "What looks like a secret is in no audit event, wherever it stands: message, fields, context, causes.", SecretsByShape),
        new("audit-no-secret-kept", "What is no secret stands in the audit event as it is.", NoSecretKept),
        new("audit-never-throws", "Making an audit event never throws, whatever the error and the contexts do.", NeverThrows),
    ]);

    private static AuditEvent Audit(Scene s, Exception? e, IReadOnlyDictionary<string, object?>? context = null) =>
        s.Call($"audit {e?.GetType().Name ?? "null"}{(context is null ? "" : " with a context")}", () => s.Errors.ToAuditEvent(e, context), static a => a is null ? "nothing" : $"{a.Code}, {(a.Retryable ? "" : "not ")}retryable")
        ?? throw new BrokenPromiseException("There is no audit event.");

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] values) => values.ToDictionary(static v => v.Name, static v => v.Value, StringComparer.Ordinal);

    private static GwiException Error(params (string Name, object? Value)[] context) => new(ErrorCode.NotFound, "x", null, new ErrorDetails { Context = Map(context) });

    private static string Text(IReadOnlyDictionary<string, object?> values) =>
        string.Join(" ", values.OrderBy(static v => v.Key, StringComparer.Ordinal).Select(static v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={v.Value ?? "null"}")));

    private static Task Agrees(Scene s)
    {
        Exception[] all =
        [
            .. Enum.GetValues<ErrorCode>().Select(static c => new GwiException(c, "x")), new GwiException((ErrorCode)77, "?"),
            new GwiException(ErrorCode.ValidationError, "timeout 503", new TimeoutException("x"), new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(1), Context = Map(("retryable", true)) }),
            new TimeoutException("x"), new InvalidOperationException("ECONNRESET"), new InvalidOperationException("x"), new InvalidOperationException("order 15037"), new InvalidOperationException("x", new TimeoutException("y")),
            new HttpRequestException("x", null, System.Net.HttpStatusCode.ServiceUnavailable), new HttpRequestException("x", null, System.Net.HttpStatusCode.NotFound),
            new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused), new UnauthorizedAccessException("503"),
            new AggregateException(new TimeoutException("x"), new PolicyDeniedException("y")), new LockConflictException("run-1"),
        ];
        foreach (var e in all)
        {
            var what = $"{e.GetType().Name}{(e is GwiException ours ? $" of {ours.Code}" : $" \"{e.Message}\"")}";
            var retryable = s.Call($"is {what} retryable", () => s.Errors.IsRetryable(e), static yes => Show.Value(yes));
            var exit = s.Call($"exit code of {what}", () => s.Errors.ToExitCode(e), static code => Show.Value(code));
            var audit = Audit(s, e, Map(("retryable", !retryable), ("code", "TIMEOUT")));
            s.Same(audit.Retryable, retryable, $"Whether the audit event of {what} is retryable");
            s.Same((int)audit.Code, exit, $"The code of the audit event of {what}");
            s.Fresh();
        }

        var none = Audit(s, null);
        s.Same((none.Code, none.Retryable), (ErrorCode.UnhandledError, false), "Code and retryability of the audit event of no error");
        return Task.CompletedTask;
    }

    private static Task Cancellation(Scene s)
    {
        foreach (var e in new Exception[] { new OperationCanceledException("the request timed out (timeout)"), new TaskCanceledException("503") })
            s.Holds(!Audit(s, e).Retryable, $"The audit event of a {e.GetType().Name} is retryable.");
        return Task.CompletedTask;
    }

    private static Task Complete(Scene s)
    {
        var at = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        foreach (var e in new Exception[] { new RetryableException("out of paper", ErrorCode.NetworkError, null, new ErrorDetails { Timestamp = at }), new TimeoutException("out of paper"), new InvalidOperationException("out of paper") })
        {
            s.Fresh();
            var audit = Audit(s, e);
            s.Same((audit.Type, audit.Message, audit.ExceptionType), ("error", "out of paper", e.GetType().Name), "Type, message and type of exception of the audit event");
            if (e is GwiException)
                s.Same(audit.Timestamp, at, "The time of the audit event");
            else
                s.Holds(audit.Timestamp > DateTimeOffset.UnixEpoch, $"The time of the audit event of a {e.GetType().Name} is {audit.Timestamp:O}.");
        }

        var story = $"out of {string.Join(" and ", Enumerable.Repeat("paper", 60))}";
        s.Same(Audit(s, new InvalidOperationException(story)).Message, story, "A long message of the audit event");

        return Task.CompletedTask;
    }

    private static Task Fields(Scene s)
    {
        foreach (var (e, fields) in new (Exception, string)[]
        {
            (new PolicyDeniedException("x", "FRIDAY", "deploy"), "policyReasonCode=FRIDAY toolName=deploy"),
            (new PolicyDeniedException("x"), ""),
            (new ApprovalRequiredException("x", ApprovalType.HighRisk, "deploy", "production"), "approvalScope=production requiredApprovalType=high_risk toolName=deploy"),
            (new ApprovalRequiredException("x"), "requiredApprovalType=destructive"),
            (new LockConflictException("run-1", "holder-A"), "holderId=holder-A runId=run-1"),
            (new GwiTimeoutException("x", TimeSpan.FromSeconds(2), "fetch"), "operation=fetch timeoutMs=2000"),
            (new RetryableException("x"), ""), (new GwiException(ErrorCode.NotFound, "x"), ""), (new TimeoutException("x"), ""),
        })
        {
            s.Fresh();
            s.Same(Text(Present(Audit(s, e, Map(("a", 1))).Fields)), fields, $"The fields of {e.GetType().Name}");
        }

        var audit = Audit(s, new GwiValidationException("x", new Dictionary<string, string> { ["email"] = "is empty", ["age"] = "is negative" }));
        s.Holds(audit.Fields.GetValueOrDefault("fieldErrors") is IEnumerable errors && Flat(errors) is var text && text.Contains("email is empty", StringComparison.Ordinal) && text.Contains("age is negative", StringComparison.Ordinal),
            "The field errors of a GwiValidationException are not in the audit event.");
        return Task.CompletedTask;
    }

    private static Dictionary<string, object?> Present(IReadOnlyDictionary<string, object?> fields) => fields.Where(static f => f.Value is not null).ToDictionary(StringComparer.Ordinal);

    private static Task Causes(Scene s)
    {
        var e = new RetryableException("outer", ErrorCode.NetworkError, new InvalidOperationException("middle", new LockConflictException("run-1", null, null, default, null)));
        var lowest = ((LockConflictException)e.InnerException!.InnerException!).Message;
        s.Same(string.Join(" > ", Audit(s, e).Causes.Select(static c => $"{c.ExceptionType}: {c.Message}")), $"InvalidOperationException: middle > LockConflictException: {lowest}", "The causes");
        s.Same(Audit(s, e).Causes[^1].Code, ErrorCode.LockConflict, "The code of the innermost cause");
        s.Same(Audit(s, new InvalidOperationException("x", new TimeoutException("y"))).Causes[0].Code, ErrorCode.Timeout, "The code of a foreign cause");
        s.Same(string.Join(" ", Audit(s, new AggregateException(new TimeoutException("one"), new InvalidOperationException("two", new TimeoutException("three")))).Causes.Select(static c => c.Message).Order(StringComparer.Ordinal)), "one three two", "The causes of several errors at once");
        var deep = Enumerable.Range(1, 8).Aggregate((Exception?)null, static (cause, i) => new InvalidOperationException($"{9 - i}", cause));
        s.Same(string.Join(" ", Audit(s, deep).Causes.Select(static c => c.Message)), "2 3 4 5 6 7 8", "The causes of a chain of eight");
        s.Same(Audit(s, new InvalidOperationException("x")).Causes.Count, 0, "How many causes an error without one has");
        return Task.CompletedTask;
    }

    private static Task Context(Scene s)
    {
        var error = Error(("a", "error's"), ("zero", 0), ("no", false), ("empty", ""));
        s.Same(Text(Audit(s, error).Context), "a=error's empty= no=False zero=0", "The context without one of the caller's");
        s.Same(Text(Audit(s, error, Map(("b", "caller's"), ("none", 0))).Context), "a=error's b=caller's empty= no=False none=0 zero=0", "The context");
        s.Same(Text(Audit(s, new TimeoutException("x"), Map(("c", 1))).Context), "c=1", "The context of a foreign error");
        var typed = Audit(s, Error(("orderId", 7), ("isPaid", true)), Map(("nothing", null))).Context;
        s.Same((typed.GetValueOrDefault("orderId"), typed.GetValueOrDefault("isPaid"), typed.ContainsKey("nothing") && typed["nothing"] is null), (7, true, true), "A number, a truth value and a null of the context");
        s.Same(Audit(s, new PolicyDeniedException("x", "FRIDAY", "deploy")).Context.Count, 0, "How many facts the context of an error with fields has where nobody gave one");
        s.Same(Audit(s, new TimeoutException("x")).Context.Count, 0, "How many facts the context of a foreign error has where the caller gave none");
        return Task.CompletedTask;
    }

    private static Task CallerWins(Scene s)
    {
        var error = Error(("a", "error's"), ("b", "error's"), ("c", 1), ("d", true));
        s.Same(Text(Audit(s, error, Map(("a", "caller's"), ("c", 0), ("d", false))).Context), "a=caller's b=error's c=0 d=False", "The context");
        return Task.CompletedTask;
    }

    private static Task InputsUnchanged(Scene s)
    {
        var error = Error(("a", "error's"), ("b", "error's"));
        var given = new Dictionary<string, object?> { ["b"] = "caller's", ["c"] = "caller's" };
        var audit = Audit(s, error, given);
        s.Same((Text(error.Context), Text(given)), ("a=error's b=error's", "b=caller's c=caller's"), "The contexts of error and caller afterwards");
        given["b"] = "later";
        s.Same(Text(audit.Context), "a=error's b=caller's c=caller's", "The context of the event, after the caller's was changed");
        given = new Dictionary<string, object?> { ["b"] = "caller's" };
        audit = Audit(s, new TimeoutException("x"), given);
        given["b"] = "later";
        s.Same(Text(audit.Context), "b=caller's", "The context of a foreign error's event, after the caller's was changed");
        return Task.CompletedTask;
    }
}
