using System.Net;
using System.Net.Sockets;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>The library's taxonomy with its answer, or its input, spoilt.</summary>
internal sealed class FaultyErrors(Fault? fault) : IErrorTaxonomy
{
    private static readonly string[] s_words = ["timeout", "rate limit", "ECONNRESET", "ECONNREFUSED", "503", "429"];

    private readonly IErrorTaxonomy _right = ErrorTaxonomy.Default;

    public bool IsRetryable(Exception? exception) => fault switch
    {
        Fault.WordsAnywhere => _right.IsRetryable(exception) || (exception is InvalidOperationException && s_words.Any(w => exception.Message.Contains(w, StringComparison.OrdinalIgnoreCase))),
        Fault.WordsByCase => _right.IsRetryable(exception) && (exception is not InvalidOperationException { InnerException: null } || s_words.Any(w => exception.Message.Contains(w, StringComparison.Ordinal))),
        Fault.WordsBeforeType => _right.IsRetryable(exception) || (exception is not null and not GwiException and not OperationCanceledException && s_words.Any(w => exception.Message.Contains(w, StringComparison.Ordinal))),
        Fault.WordsBeforeOurs => _right.IsRetryable(exception) || (exception is GwiException && s_words.Any(w => exception.Message.Contains(w, StringComparison.Ordinal))),
        Fault.OneWordForgotten => _right.IsRetryable(exception) && exception?.Message.Contains("ECONNREFUSED", StringComparison.Ordinal) != true,
        Fault.HttpErrorsAllRetryable => exception is HttpRequestException || _right.IsRetryable(exception),
        Fault.Http429Permanent => exception is not HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } && _right.IsRetryable(exception),
        Fault.SocketErrorsPermanent => exception is not SocketException && _right.IsRetryable(exception),
        Fault.WordRetryTrusted => _right.IsRetryable(exception) || exception?.Message.Contains("retry", StringComparison.Ordinal) == true,
        Fault.DbTransientIgnored => _right.IsRetryable(exception) && exception is not System.Data.Common.DbException and not { InnerException: System.Data.Common.DbException },
        Fault.HttpWithoutStatusPermanent => exception is not HttpRequestException { StatusCode: null } && _right.IsRetryable(exception),
        Fault.OneTypeForgotten => exception is not GwiTimeoutException && _right.IsRetryable(exception),
        Fault.SeveralUnknown => exception is not AggregateException { InnerExceptions.Count: > 1 } && _right.IsRetryable(exception),
        Fault.AnyOfSeveral => _right.IsRetryable(exception) || (exception is AggregateException several && several.InnerExceptions.Any(_right.IsRetryable)),
        Fault.CauseIgnored => _right.IsRetryable(exception) && exception is not { InnerException: not null } or GwiException { Retryable: true },
        Fault.CancellationRetryable => exception is OperationCanceledException || _right.IsRetryable(exception),
        Fault.HttpTimeoutIsCancellation => exception is not TaskCanceledException && _right.IsRetryable(exception),
        Fault.LockConflictPermanent => exception is not LockConflictException && exception is not GwiException { Code: ErrorCode.LockConflict } && _right.IsRetryable(exception),
        Fault.ConflictRetryable => exception is GwiException { Code: ErrorCode.Conflict } || _right.IsRetryable(exception),
        Fault.RetryAfterMakesRetryable => exception is GwiException { Context.Count: > 0 } || _right.IsRetryable(exception),
        Fault.ZeroAdviceIsNo => exception is not GwiException { MaxRetries: 0 } && _right.IsRetryable(exception),
        Fault.DisposedRetryable => exception is ObjectDisposedException || _right.IsRetryable(exception),
        Fault.UnknownRetryable => exception is InvalidOperationException || _right.IsRetryable(exception),
        _ => _right.IsRetryable(exception),
    };

    public int ToExitCode(Exception? exception) => fault switch
    {
        Fault.UnknownExitsOne when _right.ToExitCode(exception) == 42 => 1,
        Fault.WordsOnlyForRetry when exception is InvalidOperationException { InnerException: null } => 42,
        Fault.OneTypeForgotten when exception is GwiTimeoutException => 42,
        Fault.CauseOfOursDecides when exception is GwiException { InnerException: GwiException cause } => ToExitCode(cause),
        Fault.NullExitsZero when exception is null => 0,
        Fault.CancellationExits42 when exception is OperationCanceledException => 42,
        Fault.ExitCodesShifted when exception is GwiException { Code: ErrorCode.Forbidden } => 33,
        Fault.ExitCodeByBand when _right.ToExitCode(exception) < 100 => _right.ToExitCode(exception) / 10 * 10,
        _ => _right.ToExitCode(exception),
    };

    public GwiException Wrap(Exception exception, ErrorDetails? details = null) => fault switch
    {
        Fault.WrapLosesCause => new GwiException(_right.Wrap(exception, details).Code, exception.Message, null, details),
        Fault.WrapAgain when exception is GwiException ours => new GwiException(ours.Code, ours.Message, ours, details),
        Fault.WrapsInnermost when exception is not GwiException => new GwiException(_right.Wrap(exception).Code, exception.Message, exception.GetBaseException(), details),
        Fault.WrapLosesTime when details is not null => _right.Wrap(exception, details with { Timestamp = null }),
        Fault.WrapLosesDetails => _right.Wrap(exception),
        Fault.WrapAlwaysInternal when exception is not GwiException => new GwiException(ErrorCode.InternalError, exception.Message, exception, details),
        Fault.RetriesOfWrapFixed when exception is not GwiException => _right.Wrap(exception, (details ?? new ErrorDetails()) with { RetryAfter = details?.RetryAfter ?? TimeSpan.FromSeconds(1), MaxRetries = details?.MaxRetries ?? 3 }),
        Fault.RetriesGivenLost => _right.Wrap(exception, details is null ? null : details with { MaxRetries = null }),
        Fault.WrapLosesMessage when exception is not GwiException => new GwiException(_right.Wrap(exception).Code, "An error occurred.", exception, details),
        _ => _right.Wrap(exception, details),
    };

    public AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null)
    {
        if (fault == Fault.AuditThrowsOnNull)
            ArgumentNullException.ThrowIfNull(exception);
        if (fault == Fault.AuditReadsMessage && exception is not null)
            _ = exception.Message;
        var right = _right.ToAuditEvent(exception, context);
        return fault switch
        {
            Fault.AuditForeignNeverRetryable when exception is not GwiException => right with { Retryable = false },
            Fault.AuditLosesCauses => right with { Causes = [] },
            Fault.AuditOnlyFirstCause => right with { Causes = [.. right.Causes.Take(1)] },
            Fault.AuditCausesReversed => right with { Causes = [.. right.Causes.Reverse()] },
            Fault.AuditLosesFields => right with { Fields = new Dictionary<string, object?>() },
            Fault.AuditErrorContextWins when exception is GwiException ours => _right.ToAuditEvent(exception, (context ?? new Dictionary<string, object?>()).Concat(ours.Context).GroupBy(static c => c.Key).ToDictionary(static g => g.Key, static g => g.Last().Value)),
            Fault.AuditCallerContextOnly => right with { Context = context ?? new Dictionary<string, object?>() },
            Fault.AuditTimeIsNow => right with { Timestamp = DateTimeOffset.UnixEpoch },
            Fault.AuditNotRedacted when exception is GwiException { InnerException: null } raw => right with { Message = raw.Message },
            Fault.AuditContextNotRedacted when context?.ContainsKey("apiKey") == true => right with { Context = context },
            Fault.AuditForeignUnhandled when exception is not GwiException => right with { Code = ErrorCode.UnhandledError },
            _ => right,
        };
    }
}
