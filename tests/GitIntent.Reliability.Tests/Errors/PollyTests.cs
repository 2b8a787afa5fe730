using Microsoft.Extensions.Time.Testing;
using Polly;

namespace GitIntent.Reliability.Tests.Errors;

public class PollyTests
{
    [Fact]
    public async Task Polly_retries_what_is_retryable_after_the_delay_that_the_error_asks_for()
    {
        var time = new FakeTimeProvider();
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(ErrorTaxonomy.Default.ToRetryOptions()).Build();
        var calls = 0;
        var run = pipeline.ExecuteAsync(async _ =>
        {
            await Task.Yield();
            return ++calls < 2 ? throw new RetryableException("x", ErrorCode.RateLimited, details: new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(7) }) : calls;
        }).AsTask();
        while (Volatile.Read(ref calls) == 0)
            await Task.Yield();
        time.Advance(TimeSpan.FromMilliseconds(6_999));
        run.IsCompleted.ShouldBeFalse();
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        (await run).ShouldBe(2);
    }

    [Fact]
    public async Task Polly_does_not_retry_what_is_not()
    {
        var pipeline = new ResiliencePipelineBuilder().AddRetry(ErrorTaxonomy.Default.ToRetryOptions()).Build();
        var calls = 0;
        await Should.ThrowAsync<PolicyDeniedException>(async () => await pipeline.ExecuteAsync(_ =>
        {
            calls++;
            throw new PolicyDeniedException("no");
        }));
        calls.ShouldBe(1);
    }
}
