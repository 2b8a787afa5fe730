using Polly.Retry;

namespace GitIntent.Reliability.Tests.Errors;

/// <summary>The adapter of docs/reliability.md; copy it into an application that uses Polly. The library itself depends on no resilience package.</summary>
public static class PollyAdapter
{
    public static RetryStrategyOptions ToRetryOptions(this IErrorTaxonomy taxonomy, int maxRetryAttempts = 3) => new()
    {
        MaxRetryAttempts = maxRetryAttempts,
        ShouldHandle = args => ValueTask.FromResult(taxonomy.IsRetryable(args.Outcome.Exception)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is { } e ? taxonomy.Wrap(e).RetryAfter : null),
    };
}
