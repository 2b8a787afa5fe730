namespace GitIntent.Reliability;

/// <summary>How an operation is begun, kept and repeated.</summary>
public sealed record IdempotencyOptions
{
    internal static readonly IdempotencyOptions Default = new();

    /// <summary>How long an operation may be under way before another executor may take it over. A crash blocks the key no longer than this.</summary>
    /// <value>60 seconds; it is renewed while the operation runs, up to <see cref="RenewCap"/>.</value>
    public TimeSpan InProgressTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an outcome is kept.</summary>
    /// <value>24 hours.</value>
    public TimeSpan ResultTtl { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What to do when the operation is under way elsewhere.</summary>
    /// <value><see cref="InFlight.Conflict"/>.</value>
    public InFlight WhenInFlight { get; init; } = InFlight.Conflict;

    /// <summary>How long to wait for an outcome at most, where <see cref="WhenInFlight"/> says so.</summary>
    /// <value>For ever; an executor that dies is taken over. At most 24 days, where it is not infinite.</value>
    public TimeSpan WaitTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The longest time between two looks at a store that cannot tell of an outcome.</summary>
    /// <value>100 ms.</value>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What a kept failure means.</summary>
    /// <value><see cref="FailurePolicy.ReplayPermanent"/>.</value>
    public FailurePolicy FailurePolicy { get; init; } = FailurePolicy.ReplayPermanent;

    /// <summary>How long <c>WithIdempotencyAsync</c> renews the time in progress while the operation runs; null does not renew.</summary>
    /// <value>One hour.</value>
    public TimeSpan? RenewCap { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The executor's token. A begin that is repeated with the same token is the same begin.</summary>
    /// <value>A new token each time.</value>
    public OwnerToken OwnerToken { get; init; }

    internal IdempotencyOptions Checked()
    {
        if (ReferenceEquals(this, Default))
            return this;
        Durations.Lease(InProgressTimeout, "inProgressTimeout");
        Durations.Lease(ResultTtl, "resultTtl");
        Durations.Wait(WaitTimeout, "waitTimeout");
        Durations.Lease(RetryInterval, "retryInterval");
        if (RenewCap is { } cap)
            Durations.Lease(cap, "renewCap");
        return this;
    }
}
