using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>
/// What Octokit leaves out: JSON is sent as JSON, writes are a second apart, limits are waited for as GitHub asks, and what is no answer of the API is no success.
/// Requests come one after the other.
/// </summary>
internal sealed class GitHubHandler : DelegatingHandler
{
    /// <summary>https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api: "wait at least one second between each request".</summary>
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    private const int MaxRetries = 6;

    private readonly Deadline _deadline;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _reads;
    private readonly ResiliencePipeline<HttpResponseMessage> _writes;
    private long? _lastWrite;

    public GitHubHandler(HttpMessageHandler inner, Deadline deadline, TimeProvider time) : base(inner)
    {
        (_deadline, _time) = (deadline, time);
        _reads = Pipeline(new RateLimits(time, isRead: true));
        _writes = Pipeline(new RateLimits(time, isRead: false));
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline(RateLimits limits) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = MaxRetries,
                MaxDelay = null,
                ShouldHandle = async args => await limits.WaitAfterAsync(args.Outcome, args.AttemptNumber).ConfigureAwait(false) is { } wait && _deadline.Allows(wait),
                DelayGenerator = async args => await limits.WaitAfterAsync(args.Outcome, args.AttemptNumber).ConfigureAwait(false),
                OnRetry = static args =>
                {
                    args.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
        if (request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false); // it may be sent again
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        var isRead = request.Method == HttpMethod.Get;
        var response = await (isRead ? _reads : _writes).ExecuteAsync(async stop =>
        {
            await PaceAsync(isRead, stop).ConfigureAwait(false);
            return await base.SendAsync(request, stop).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return IsOfTheApi(response) ? response
            : throw new NotTheApiException($"{request.RequestUri!.Host} answers {response.Content.Headers.ContentType?.MediaType ?? "nothing"}, which GitHub's API never does: is GITHUB_API_URL right, or is a proxy in between?");
    }

    /// <summary>What fails may be anybody's; but what succeeds, or leads elsewhere, is the API's or nothing.</summary>
    private static bool IsOfTheApi(HttpResponseMessage response) =>
        (int)response.StatusCode is 204 or >= 400 || response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;

    private async Task PaceAsync(bool isRead, CancellationToken stop)
    {
        _deadline.Require(TimeSpan.Zero);
        if (isRead) return;

        if (_lastWrite is { } last && BetweenWrites - _time.GetElapsedTime(last) is var wait && wait > TimeSpan.Zero)
        {
            _deadline.Require(wait);
            await Task.Delay(wait, _time, stop).ConfigureAwait(false);
        }

        _lastWrite = _time.GetTimestamp();
    }
}

/// <summary>Somebody else answered in the API's place.</summary>
internal sealed class NotTheApiException(string message) : Exception(message);
