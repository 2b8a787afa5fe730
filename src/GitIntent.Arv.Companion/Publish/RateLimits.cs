using System.Globalization;
using System.Net;
using Polly;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>How long an answer asks to wait before the same request is sent again.</summary>
internal sealed class RateLimits(TimeProvider time, bool isRead)
{
    /// <summary>https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: without a header, at least a minute, then exponentially longer.</summary>
    private static readonly TimeSpan WithoutHeader = TimeSpan.FromMinutes(1);

    private const int RepeatsOfAFailure = 3;

    /// <returns>Null where the request is not to be sent again.</returns>
    public async ValueTask<TimeSpan?> WaitAfterAsync(Outcome<HttpResponseMessage> outcome, int attempt)
    {
        if (outcome.Result is { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests } limited)
            return await OfLimitAsync(limited, attempt).ConfigureAwait(false);

        // Nobody knows whether a write has arrived: that is for who wrote it.
        var hasFailed = outcome.Exception is HttpRequestException || (int?)outcome.Result?.StatusCode >= 500;
        return isRead && hasFailed && attempt < RepeatsOfAFailure ? TimeSpan.FromSeconds(1 << attempt) : null;
    }

    private async ValueTask<TimeSpan?> OfLimitAsync(HttpResponseMessage response, int attempt)
    {
        if (response.Headers.RetryAfter is { } after)
            return NotNegative(after.Delta ?? after.Date - time.GetUtcNow());
        if (Header(response, "x-ratelimit-remaining") == 0 && Header(response, "x-ratelimit-reset") is { } reset && reset < DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return NotNegative(DateTimeOffset.FromUnixTimeSeconds(reset) - time.GetUtcNow()) + TimeSpan.FromSeconds(1); // the header has whole seconds

        await response.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        // An ordinary 403 is the token's lack of a right.
        var isLimit = response.StatusCode == HttpStatusCode.TooManyRequests || text.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase);
        return isLimit ? WithoutHeader * (1 << attempt) : null;
    }

    private static TimeSpan? NotNegative(TimeSpan? wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static long? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
