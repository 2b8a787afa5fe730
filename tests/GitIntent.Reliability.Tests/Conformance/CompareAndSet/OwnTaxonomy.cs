using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>A taxonomy written from the promises alone: by type and code, by the cause, by whole words at last.</summary>
internal sealed partial class OwnTaxonomy : IErrorTaxonomy
{
    private readonly IErrorTaxonomy _audit = ErrorTaxonomy.With(static e => new ErrorClassification(Code(e)));

    public bool IsRetryable(Exception? exception) => !IsCancelled(exception) && ErrorCodes.Describe(Code(exception)).Retryable;

    public int ToExitCode(Exception? exception) => IsCancelled(exception) ? 130 : ErrorCodes.Describe(Code(exception)).ExitCode;

    public GwiException Wrap(Exception exception, ErrorDetails? details = null) => exception as GwiException ?? new GwiException(Code(exception), exception.Message, exception, details);

    public AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null) => _audit.ToAuditEvent(exception, context);

    private static bool IsCancelled(Exception? exception) => exception is OperationCanceledException && exception.InnerException is not TimeoutException;

    private static ErrorCode Code(Exception? exception) => IsCancelled(exception) ? ErrorCode.UnhandledError : Known(exception) ?? OfWords(exception) ?? ErrorCode.UnhandledError;

    private static ErrorCode? Known(Exception? exception) => exception switch
    {
        null => null,
        GwiException ours => ErrorCodes.Describe(ours.Code).Code,
        HttpRequestException { StatusCode: { } status } => OfStatus(status),
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException => ErrorCode.Timeout,
        SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException => ErrorCode.Forbidden,
        SocketException => ErrorCode.NetworkError,
        DbException { IsTransient: true } => ErrorCode.ServiceUnavailable,
        FileNotFoundException or DirectoryNotFoundException => ErrorCode.NotFound,
        OperationCanceledException when IsCancelled(exception) => null,
        _ => Known(exception.InnerException),
    };

    private static ErrorCode OfStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => ErrorCode.RateLimited,
        HttpStatusCode.ServiceUnavailable => ErrorCode.ServiceUnavailable,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => ErrorCode.Timeout,
        HttpStatusCode.Unauthorized => ErrorCode.Unauthorized,
        HttpStatusCode.Forbidden => ErrorCode.Forbidden,
        HttpStatusCode.NotFound => ErrorCode.NotFound,
        HttpStatusCode.Conflict => ErrorCode.Conflict,
        >= HttpStatusCode.InternalServerError => ErrorCode.UpstreamError,
        _ => ErrorCode.ValidationError,
    };

    private static ErrorCode? OfWords(Exception? exception)
    {
        try
        {
            return exception is not null && Words().Match(exception.Message) is { Success: true } word
                ? word.ValueSpan switch { "503" => ErrorCode.ServiceUnavailable, ['t' or 'T', ..] => ErrorCode.Timeout, ['e' or 'E', ..] => ErrorCode.NetworkError, _ => ErrorCode.RateLimited }
                : null;
        }
#pragma warning disable CA1031 // Do not catch general exception types: a message is a foreign type's code, and what it throws is no reason to fail.
        catch (Exception)
#pragma warning restore CA1031
        {
            // A message that cannot be read has no words.
            return null;
        }
    }

    [GeneratedRegex(@"\b(timeout|rate limit|ECONNRESET|ECONNREFUSED|503|429)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
