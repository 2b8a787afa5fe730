namespace GitIntent.Reliability;

/// <summary>What a store is asked to do in one atomic step: take the lock unless somebody else holds it.</summary>
/// <param name="Key">The run; its tenant is filled in.</param>
/// <param name="Owner">The owner's secret. If this owner holds the lock already, the store answers with the lock as it is.</param>
/// <param name="HolderId">Who asks.</param>
/// <param name="Ttl">How long from the store's now.</param>
/// <param name="Reason">What for.</param>
public readonly record struct LockRequest(RunKey Key, OwnerToken Owner, string HolderId, TimeSpan Ttl, string? Reason);

/// <summary>A store's answer to a <see cref="LockRequest"/>.</summary>
public readonly record struct LockReply
{
    private LockReply(long fence, DateTimeOffset acquiredAt, DateTimeOffset expiresAt, RunLock? existing, TimeSpan remaining)
    {
        Fence = fence;
        AcquiredAt = acquiredAt;
        ExpiresAt = expiresAt;
        Existing = existing;
        Remaining = remaining;
    }

    /// <summary>The fencing token of the acquisition; 0 where somebody else holds the lock.</summary>
    public long Fence { get; }

    /// <summary>When it was acquired, by the store's clock.</summary>
    public DateTimeOffset AcquiredAt { get; }

    /// <summary>When the lease ends, by the store's clock.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The lock that is in the way.</summary>
    public RunLock? Existing { get; }

    /// <summary>How long that lock still has, by the store's clock; or the owner's own, where it was held already.</summary>
    public TimeSpan Remaining { get; }

    /// <summary>The lock was acquired.</summary>
    public static LockReply Taken(long fence, DateTimeOffset acquiredAt, DateTimeOffset expiresAt) => new(fence, acquiredAt, expiresAt, null, default);

    /// <summary>This owner holds it already: the request came again, and its lease goes on as it was.</summary>
    /// <param name="fence">The fence that it got.</param>
    /// <param name="acquiredAt">When it was acquired.</param>
    /// <param name="expiresAt">When the lease ends.</param>
    /// <param name="now">The store's clock.</param>
    public static LockReply HeldAlready(long fence, DateTimeOffset acquiredAt, DateTimeOffset expiresAt, DateTimeOffset now) => new(fence, acquiredAt, expiresAt, null, expiresAt - now);

    /// <summary>Somebody else holds it.</summary>
    /// <param name="existing">The lock that is in the way.</param>
    /// <param name="now">The store's clock.</param>
    public static LockReply Refused(RunLock existing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(existing);
        return new(0, default, default, existing, existing.ExpiresAt - now);
    }
}
