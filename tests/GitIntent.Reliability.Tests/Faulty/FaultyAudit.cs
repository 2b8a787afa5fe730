using static GitIntent.Reliability.Tests.Faulty.AuditFault;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>What an implementer of audit events gets wrong, besides those of <see cref="Fault"/>.</summary>
public enum AuditFault
{
    RetryableFromContext,
    CodeFromMessage,
    CancellationRetryable,
    ForeignTimeUnknown,
    FieldErrorsLost,
    EmptyFieldsMadeUp,
    FieldsInContext,
    CauseCodesUnhandled,
    FirstOfSeveralCauses,
    InnermostCauseOnly,
    FalsyContextDropped,
    CallerContextDropped,
    ForeignContextDropped,
    ContextNotCopied,
    CallersContextChanged,
    ErrorContextSecretsKept,
    NestedSecretsKept,
    CauseSecretsKept,
    FieldSecretsKept,
    AddressesRedacted,
    ReadsCauses,
    ReadsContext,
    DeepChainRefused,
    CausesAtMostThree,
    MessageCut,
    NullsDropped,
    ContextAsText,
}

/// <summary>The library's audit events with one thing spoilt.</summary>
internal sealed class FaultyAudit(AuditFault fault) : IErrorTaxonomy
{
    public static readonly IReadOnlyList<(AuditFault Fault, string Promise, string What)> All =
    [
        (RetryableFromContext, "audit-agrees", "believes a value of the context that is named retryable"),
        (CodeFromMessage, "audit-agrees", "reads the code from the words of the message"),
        (CancellationRetryable, "audit-cancellation", "says of a cancellation that it can be tried again"),
        (ForeignTimeUnknown, "audit-complete", "has no time for foreign errors"),
        (FieldErrorsLost, "audit-fields", "does not know the fields of validation errors"),
        (EmptyFieldsMadeUp, "audit-fields", "makes up values for fields that have none"),
        (FieldsInContext, "audit-context", "mixes the fields into the context"),
        (CauseCodesUnhandled, "audit-causes", "does not classify causes"),
        (FirstOfSeveralCauses, "audit-causes", "keeps the first of several errors"),
        (InnermostCauseOnly, "audit-causes", "keeps the innermost cause alone"),
        (FalsyContextDropped, "audit-context", "drops falsy values"),
        (CallerContextDropped, "audit-context", "drops the caller's context"),
        (ForeignContextDropped, "audit-context", "drops the context where the error has none"),
        (ContextNotCopied, "audit-inputs-unchanged", "keeps the caller's map"),
        (CallersContextChanged, "audit-inputs-unchanged", "merges into the caller's map"),
        (ErrorContextSecretsKept, "audit-secrets-by-name", "looks for secrets in the caller's context alone"),
        (NestedSecretsKept, "audit-secrets-by-name", "does not look for secrets in maps and lists"),
        (CauseSecretsKept, "audit-secrets-by-shape", "does not look for secrets in causes"),
        (FieldSecretsKept, "audit-secrets-by-shape", "does not look for secrets in fields"),
        (AddressesRedacted, "audit-no-secret-kept", "takes every address for a secret"),
        (ReadsCauses, "audit-never-throws", "trusts that a cause can be read"),
        (ReadsContext, "audit-never-throws", "trusts that a context can be read"),
        (DeepChainRefused, "audit-never-throws", "throws where the chain of causes is long"),
        (CausesAtMostThree, "audit-causes", "keeps three causes at most"),
        (MessageCut, "audit-complete", "cuts messages off at 255 characters"),
        (NullsDropped, "audit-context", "takes null for nothing"),
        (ContextAsText, "audit-context", "makes texts of numbers and truth values"),
    ];

    private readonly IErrorTaxonomy _right = ErrorTaxonomy.Default;

    public bool IsRetryable(Exception? exception) => _right.IsRetryable(exception);

    public int ToExitCode(Exception? exception) => _right.ToExitCode(exception);

    public GwiException Wrap(Exception exception, ErrorDetails? details = null) => _right.Wrap(exception, details);

    public AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null)
    {
        var right = _right.ToAuditEvent(exception, context);
        var ours = exception as GwiException;
        return fault switch
        {
            RetryableFromContext when right.Context.GetValueOrDefault("retryable") is bool yes => right with { Retryable = yes },
            CodeFromMessage when right.Message.Contains("503", StringComparison.Ordinal) => right with { Code = ErrorCode.ServiceUnavailable },
            CancellationRetryable when exception is OperationCanceledException => right with { Retryable = true },
            ForeignTimeUnknown when ours is null => right with { Timestamp = default },
            FieldErrorsLost when exception is GwiValidationException => right with { Fields = new Dictionary<string, object?>() },
            EmptyFieldsMadeUp when exception is PolicyDeniedException { ToolName: null } => right with { Fields = new Dictionary<string, object?> { ["toolName"] = "unknown" } },
            FieldsInContext => right with { Context = right.Context.Concat([new("retryAfterMs", ours?.RetryAfter?.TotalMilliseconds)]).ToDictionary() },
            CauseCodesUnhandled => right with { Causes = [.. right.Causes.Select(static c => c with { Code = ErrorCode.UnhandledError })] },
            FirstOfSeveralCauses when exception is AggregateException => right with { Causes = [.. right.Causes.Take(1)] },
            InnermostCauseOnly => right with { Causes = [.. right.Causes.TakeLast(1)] },
            FalsyContextDropped => right with { Context = right.Context.Where(static c => c.Value is not (null or 0 or false or "")).ToDictionary() },
            CallerContextDropped => _right.ToAuditEvent(exception),
            ForeignContextDropped when ours is null => _right.ToAuditEvent(exception),
            ContextNotCopied when ours is null && context is Dictionary<string, object?> { Count: 1 } => right with { Context = Plain(context) ? context : right.Context },
            CallersContextChanged when ours is not null && context is Dictionary<string, object?> map => Changed(right, map, ours),
            ErrorContextSecretsKept when ours?.Context is { Count: 1 } own && context is null && own.Values.All(static v => v is string) => right with { Context = own },
            NestedSecretsKept when context?.Values.FirstOrDefault() is object?[] => right with { Context = context },
            CauseSecretsKept when exception?.InnerException is { } => right with { Causes = [.. right.Causes.Select((c, i) => c with { Message = Message(exception, i, c) })] },
            FieldSecretsKept when exception is GwiTimeoutException => right with { Fields = exception is GwiException typed ? typed.Fields : right.Fields },
            AddressesRedacted when right.Message.Contains("://", StringComparison.Ordinal) => right with { Message = Redactor.Mark },
            ReadsCauses => right with { Message = exception?.InnerException is { Message: "" } ? "" : right.Message },
            ReadsContext => right with { Message = context?.Any(static c => c.Key.Length == 0) == true ? "" : right.Message },
            CausesAtMostThree => right with { Causes = [.. right.Causes.Take(3)] },
            MessageCut => right with { Message = right.Message[..Math.Min(255, right.Message.Length)] },
            NullsDropped => right with { Context = right.Context.Where(static c => c.Value is not null).ToDictionary() },
            ContextAsText => right with { Context = right.Context.ToDictionary(static c => c.Key, static c => c.Value is bool or int ? Convert.ToString(c.Value, System.Globalization.CultureInfo.InvariantCulture) : c.Value) },
            DeepChainRefused when Depth(exception) > 100 => throw new InvalidOperationException("too deep"),
            _ => right,
        };
    }

    private static bool Plain(IReadOnlyDictionary<string, object?> context) => context.Keys.All(static k => !Redactor.IsSecretName(k)) && context.Values.All(static v => v is int or "caller's");

    private static AuditEvent Changed(AuditEvent right, Dictionary<string, object?> callers, GwiException ours)
    {
        foreach (var (name, value) in ours.Context)
            callers.TryAdd(name, value);
        return right;
    }

    private static string Message(Exception exception, int depth, AuditCause cause)
    {
        for (var i = 0; i <= depth && exception.InnerException is { } inner; i++)
            exception = inner;
        return exception.GetType().Name == cause.ExceptionType && exception is InvalidOperationException ? exception.Message : cause.Message;
    }

    private static int Depth(Exception? exception)
    {
        var depth = 0;
        for (; exception is not null; exception = exception.InnerException)
            depth++;
        return depth;
    }
}
