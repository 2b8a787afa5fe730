using System.Net;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>Why a channel was not published, in words that say what to do.</summary>
internal static class Denials
{
    public static string Of(Exception exception, string right) => exception switch
    {
        DeadlineException or NotTheApiException => exception.Message,
        RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException => "GitHub's rate limit is used up for longer than publishing may wait",
        ApiException { StatusCode: HttpStatusCode.TooManyRequests } => "GitHub's rate limit is used up for longer than publishing may wait",
        AuthorizationException => "the token is not valid, or has expired (401)",
        ForbiddenException => $"the token may not do this (403: {Short(exception.Message)}); the job needs {right}: write, and the token of a fork or of Dependabot is read-only",
        NotFoundException => $"not found (404): the token does not see the repository, or the commit is not in it; the job needs {right}: write",
        ApiException api => $"the API answered {(int)api.StatusCode}: {Short(api is ApiValidationException { ApiError: { } error } ? string.Join("; ", [error.Message, .. (error.Errors ?? []).Select(static e => e.Message)]) : api.Message)}",
        HttpRequestException or TaskCanceledException => $"the API cannot be reached: {Short(exception.Message)}",
        _ => $"{exception.GetType().Name}: {Short(exception.Message)}",
    };

    /// <summary>A server's failure, or no answer: what was sent may have been done.</summary>
    public static bool MayHaveArrived(Exception exception) =>
        exception is HttpRequestException or TaskCanceledException || exception is ApiException { StatusCode: >= HttpStatusCode.InternalServerError };

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
