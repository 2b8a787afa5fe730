using System.Net;
using System.Net.Sockets;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What foreign errors are: by type and code first, by whole words of their message last.</summary>
internal static class ErrorPatternDetection
{
    public static ConformanceCheck Check { get; } = new("error-pattern-detection", "Error pattern detection",
    [
        new("words-retryable", "As the last resort, a foreign error whose message has one of these is retryable: timeout, rate limit, ECONNRESET, ECONNREFUSED, 503, 429.", Words),
        new("whole-words", "Only whole words count: \"503\" inside \"order 15037\" is not an outage.", WholeWords),
        new("any-case", "The words count in any case, and next to any punctuation.", AnyCase),
        new("nothing-else", "A message with none of the words is not retryable.", NothingElse),
        new("http-status", "A failed HTTP request is what its status says: 429 and 503 are retryable, 408 and 504 time-outs, 500 and 502 errors upstream; 400, 401, 403, 404 and 409 are not retryable.", HttpStatus),
        new("sockets", "A refused, reset or unreachable connection is a network error, and retryable; a denied one is not.", Sockets),
        new("transient-flags", "A database error is retryable where its driver says that it is transient, and not where it says nothing.", TransientFlags),
        new("timeouts", "A TimeoutException is a time-out, and retryable; so is the cancellation by which an HTTP client says that it took too long.", Timeouts),
        new("type-before-words", "The type decides before any word of the message does.", TypeFirst),
        new("causes-decide", "Where a foreign error says nothing by itself, its cause does, however deep; a failed HTTP request without a status is such an error.", Causes),
        new("several-causes", "Several failures at once are retryable where each of them is; where the first of them is permanent they are not.", SeveralCauses),
        new("code-agrees", "What is retryable by a word has a retryable code, exit code and wrapped form.", CodeAgrees),
    ]);

    private static void Is(Scene s, Exception e, bool retryable, string what) =>
        s.Same(s.Call($"is {what} retryable", () => s.Errors.IsRetryable(e), static yes => Show.Value(yes)), retryable, $"Whether {what} is retryable");

    private static void Code(Scene s, Exception e, ErrorCode code, string what)
    {
        s.Same((ErrorCode)s.Call($"exit code of {what}", () => s.Errors.ToExitCode(e), static c => Show.Value(c)), code, $"The exit code of {what}");
        Is(s, e, ErrorCodes.Describe(code).Retryable, what);
    }

    private static void Message(Scene s, string text, bool retryable) => Is(s, new InvalidOperationException(text), retryable, $"\"{text}\"");

    private static Task Words(Scene s)
    {
        foreach (var text in new[] { "timeout", "the request hit a timeout after 5 s", "rate limit exceeded", "read ECONNRESET", "connect ECONNREFUSED 127.0.0.1:80", "status 503", "HTTP 429: slow down" })
            Message(s, text, true);
        return Task.CompletedTask;
    }

    private static Task WholeWords(Scene s)
    {
        foreach (var text in new[] { "order 15037", "id 5031", "x503", "14290 rows", "invoice_429", "ECONNRESETTING", "XECONNREFUSED", "notimeoutset", "accurate limits", "separate limit", "503rd" })
            Message(s, text, false);
        Message(s, "order 15037 got 503", true);
        return Task.CompletedTask;
    }

    private static Task AnyCase(Scene s)
    {
        foreach (var text in new[] { "Timeout!", "TIMEOUT", "(timeout)", "Rate Limit", "econnreset", "code:503.", "[429]", "\"503\"", "error=ECONNREFUSED;" })
            Message(s, text, true);
        return Task.CompletedTask;
    }

    private static Task NothingElse(Scene s)
    {
        foreach (var text in new[] { "", "out of paper", "status 500 years ago", "404", "validation failed", "please retry", "retryable", "limit of rate", "connection string is empty" })
            Message(s, text, false);
        return Task.CompletedTask;
    }

    private static Task HttpStatus(Scene s)
    {
        foreach (var (status, code) in new[]
        {
            (429, ErrorCode.RateLimited), (503, ErrorCode.ServiceUnavailable), (408, ErrorCode.Timeout), (504, ErrorCode.Timeout), (500, ErrorCode.UpstreamError), (502, ErrorCode.UpstreamError),
            (400, ErrorCode.ValidationError), (401, ErrorCode.Unauthorized), (403, ErrorCode.Forbidden), (404, ErrorCode.NotFound), (409, ErrorCode.Conflict),
        })
        {
            Code(s, new HttpRequestException("it failed", null, (HttpStatusCode)status), code, $"HTTP status {status}");
        }

        return Task.CompletedTask;
    }

    private static Task Sockets(Scene s)
    {
        foreach (var error in new[] { SocketError.ConnectionRefused, SocketError.ConnectionReset, SocketError.HostUnreachable, SocketError.NetworkUnreachable, SocketError.HostNotFound })
            Code(s, new SocketException((int)error), ErrorCode.NetworkError, $"socket error {error}");
        Is(s, new SocketException((int)SocketError.TimedOut), true, "socket error TimedOut");
        Is(s, new SocketException((int)SocketError.AccessDenied), false, "socket error AccessDenied");
        return Task.CompletedTask;
    }

    private static Task TransientFlags(Scene s)
    {
        foreach (var text in new[] { "deadlock victim", "out of paper" })
        {
            Is(s, new FlaggedException(text, true), true, $"a transient database error, \"{text}\"");
            Is(s, new FlaggedException(text, false), false, $"a database error that is not transient, \"{text}\"");
            Is(s, new InvalidOperationException("it failed", new FlaggedException(text, true)), true, $"an error caused by a transient database error, \"{text}\"");
        }

        return Task.CompletedTask;
    }

    private sealed class FlaggedException(string message, bool transient) : System.Data.Common.DbException(message)
    {
        public override bool IsTransient => transient;
    }

    private static Task Timeouts(Scene s)
    {
        Code(s, new TimeoutException("it took too long"), ErrorCode.Timeout, "a TimeoutException");
        Code(s, new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout of 1 seconds elapsing.", new TimeoutException("A task was canceled.")), ErrorCode.Timeout, "the time-out of an HTTP client");
        return Task.CompletedTask;
    }

    private static Task TypeFirst(Scene s)
    {
        const string words = "timeout, rate limit, ECONNRESET, ECONNREFUSED, 503, 429";
        Is(s, new HttpRequestException(words, null, HttpStatusCode.BadRequest), false, "HTTP status 400 with the words");
        Is(s, new UnauthorizedAccessException(words), false, "an UnauthorizedAccessException with the words");
        Is(s, new FileNotFoundException(words), false, "a FileNotFoundException with the words");
        Is(s, new GwiValidationException(words), false, "a GwiValidationException with the words");
        Is(s, new PolicyDeniedException(words), false, "a PolicyDeniedException with the words");
        Is(s, new OperationCanceledException(words), false, "a cancellation with the words");
        Code(s, new HttpRequestException("429 rate limit", null, HttpStatusCode.ServiceUnavailable), ErrorCode.ServiceUnavailable, "HTTP status 503 that speaks of 429");
        return Task.CompletedTask;
    }

    private static Task Causes(Scene s)
    {
        Code(s, new InvalidOperationException("it failed", new TimeoutException("slow")), ErrorCode.Timeout, "an InvalidOperationException caused by a TimeoutException");
        Code(s, new HttpRequestException("it failed", new SocketException((int)SocketError.ConnectionRefused)), ErrorCode.NetworkError, "a failed HTTP request caused by a refused connection");
        Code(s, new InvalidOperationException("1", new InvalidOperationException("2", new AggregateException(new TimeoutException("slow")))), ErrorCode.Timeout, "an error three levels above a TimeoutException");
        Code(s, new AggregateException(new SocketException((int)SocketError.ConnectionReset)), ErrorCode.NetworkError, "an AggregateException of a reset connection");
        Code(s, new InvalidOperationException("it failed", new PolicyDeniedException("no")), ErrorCode.PolicyDenied, "an InvalidOperationException caused by a PolicyDeniedException");
        return Task.CompletedTask;
    }

    private static Task SeveralCauses(Scene s)
    {
        Is(s, new AggregateException(new TimeoutException("slow"), new SocketException((int)SocketError.ConnectionReset)), true, "two failures that are both retryable");
        Is(s, new AggregateException(new PolicyDeniedException("no"), new TimeoutException("slow")), false, "a denial and a time-out");
        Is(s, new AggregateException(new InvalidOperationException("out of paper"), new InvalidOperationException("out of ink")), false, "two failures that nothing describes");
        return Task.CompletedTask;
    }

    private static Task CodeAgrees(Scene s)
    {
        foreach (var text in new[] { "timeout", "rate limit", "ECONNRESET", "ECONNREFUSED", "503", "429", "order 15037" })
        {
            var e = new InvalidOperationException(text);
            var retryable = s.Errors.IsRetryable(e);
            var wrapped = s.Call($"wrap \"{text}\"", () => s.Errors.Wrap(e), static w => $"{w.Code}");
            s.Same(wrapped.Retryable, retryable, $"Whether \"{text}\" is retryable once it is wrapped");
            s.Same(s.Errors.ToExitCode(e), wrapped.Definition.ExitCode, $"The exit code of \"{text}\"");
            s.Same(s.Errors.ToExitCode(e) < 20, retryable, $"Whether the exit code of \"{text}\" is one of the 10s");
        }

        return Task.CompletedTask;
    }
}
