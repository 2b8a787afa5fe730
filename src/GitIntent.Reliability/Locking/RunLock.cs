namespace GitIntent.Reliability;

/// <summary>A lock as everybody may see it. It holds nothing that would let it be released.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">The run's tenant.</param>
/// <param name="HolderId">Who holds it.</param>
/// <param name="Fence">The fencing token: greater than that of every earlier acquisition in the store.</param>
/// <param name="AcquiredAt">Since when, by the store's clock.</param>
/// <param name="ExpiresAt">Until when, by the store's clock: it is held while now is before this.</param>
/// <param name="Reason">What for, in the holder's words.</param>
public sealed record RunLock(string RunId, string Tenant, string HolderId, long Fence, DateTimeOffset AcquiredAt, DateTimeOffset ExpiresAt, string? Reason);
