namespace GitIntent.Reliability;

/// <summary>How to acquire a lock.</summary>
public sealed record RunLockOptions
{
    internal static readonly RunLockOptions Default = new();

    /// <summary>How long the lock is held unless it is extended or released.</summary>
    /// <value>60 seconds. 1 ms to 3,650 days.</value>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for another holder; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    /// <value>Zero. At most 24 days, where it is not infinite.</value>
    public TimeSpan WaitTimeout { get; init; }

    /// <summary>The longest time between two looks at a store that cannot tell of a release. Stores that can are asked when they tell, and when the lease ends.</summary>
    /// <value>100 ms.</value>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What for; stored, and shown to those who do not get the lock.</summary>
    public string? Reason { get; init; }

    /// <summary>Who holds it, as others see it.</summary>
    /// <value>The manager's <see cref="RunLockManager.HolderId"/>.</value>
    public string? HolderId { get; init; }

    /// <summary>Extends the lease in the background, every third of <see cref="Ttl"/>, until the lock has been held this long. Null: never.</summary>
    /// <value>Null. A cap is needed, because a body that hangs would hold the lock for ever.</value>
    public TimeSpan? AutoRenewCap { get; init; }

    /// <summary>How long before the end of the lease the handle's <see cref="RunLockHandle.LostToken"/> fires.</summary>
    /// <value>Null: a hundredth of <see cref="Ttl"/> and 2 ms, which covers the drift between two clocks. Less than <see cref="Ttl"/>.</value>
    public TimeSpan? Margin { get; init; }

    /// <summary>The token to acquire with. The same token acquires a lock that it already holds again, with the same fence: a request may be repeated.</summary>
    /// <value>A new token each time.</value>
    public OwnerToken OwnerToken { get; init; }

    internal TimeSpan MarginOf(TimeSpan ttl)
    {
        var margin = Margin ?? (ttl / 100) + TimeSpan.FromMilliseconds(2);
        return margin < ttl ? margin : ttl / 2;
    }

    internal RunLockOptions Checked()
    {
        if (ReferenceEquals(this, Default))
            return this;
        Durations.Lease(Ttl, "ttl");
        Durations.Wait(WaitTimeout, "waitTimeout");
        Durations.Lease(RetryInterval, "retryInterval");
        Identifiers.Note(Reason, "reason");
        Identifiers.Optional(HolderId, "holderId");
        if (AutoRenewCap is { } cap)
            Durations.Lease(cap, "autoRenewCap");
        if (Margin is { } margin && (margin < TimeSpan.Zero || margin >= Ttl))
            throw GwiValidationException.ForField("margin", $"margin is {margin}. It must be zero or more, and less than ttl ({Ttl}).");
        return this;
    }
}
