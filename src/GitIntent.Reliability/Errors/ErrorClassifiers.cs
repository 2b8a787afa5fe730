using System.Data.Common;
using System.Reflection;
using System.Security;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitIntent.Reliability;

/// <summary>The rules for exceptions that are not ours: type and code first, causes next, words of the message last.</summary>
internal static class ErrorClassifiers
{
    /// <summary>A chain of causes is followed this far; real ones are shorter, and a cycle must end.</summary>
    internal const int MaxDepth = 16;

    private static readonly ErrorClassification s_unhandled = new(ErrorCode.UnhandledError);

    public static ErrorClassification Classify(Exception? exception, ErrorClassifier[] custom)
    {
        if (exception is null || ErrorTaxonomy.IsCancellation(exception))
            return s_unhandled;
        return Known(exception, custom, 0) ?? MessagePatterns.Match(exception) ?? s_unhandled;
    }

    private static ErrorClassification? Known(Exception exception, ErrorClassifier[] custom, int depth)
    {
        if (exception is GwiException ours)
            return new(ours.Code, ours.RetryAfter);
        if (depth >= MaxDepth || ErrorTaxonomy.IsCancellation(exception))
            return null;
        foreach (var classifier in custom)
        {
            if (Ask(classifier, exception) is { } answer)
                return answer;
        }

        if (exception is AggregateException { InnerExceptions.Count: > 1 } several)
            return OfSeveral(several, custom, depth);
        return OfType(exception) ?? (exception.InnerException is { } cause ? Known(cause, custom, depth + 1) : null);
    }

    /// <summary>Several failures at once are worth a retry only if each of them is; the first permanent one decides.</summary>
    private static ErrorClassification? OfSeveral(AggregateException several, ErrorClassifier[] custom, int depth)
    {
        ErrorClassification? first = null;
        foreach (var inner in several.InnerExceptions.Where(e => !ErrorTaxonomy.IsCancellation(e)))
        {
            var one = Known(inner, custom, depth + 1) ?? MessagePatterns.Match(inner) ?? s_unhandled;
            if (!ErrorCodes.Describe(one.Code).Retryable)
                return one;
            first ??= one;
        }

        return first;
    }

    private static ErrorClassification? Ask(ErrorClassifier classifier, Exception exception)
    {
        try
        {
            return classifier(exception);
        }
#pragma warning disable CA1031 // Do not catch general exception types: a broken classifier must not hide the error it was asked about.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static ErrorClassification? OfType(Exception exception) => exception switch
    {
        HttpRequestException e => NetworkErrors.OfHttp(e),
        HttpIOException e => NetworkErrors.OfHttp(e.HttpRequestError),
        System.Net.Sockets.SocketException e => NetworkErrors.OfSocket(e.SocketErrorCode),
        RegexMatchTimeoutException => new(ErrorCode.InternalError), // the same text takes as long the next time
        TimeoutException => new(ErrorCode.Timeout),
        DbException e => DatabaseErrors.Of(e),
        IOException e => FileErrors.Of(e),
        UnauthorizedAccessException or SecurityException => new(ErrorCode.Forbidden),
        AuthenticationException => new(ErrorCode.ConfigurationError), // a certificate that is not trusted
        JsonException => new(ErrorCode.ValidationError),
        TargetInvocationException or AggregateException or TypeInitializationException => null,
        _ => null,
    };
}
