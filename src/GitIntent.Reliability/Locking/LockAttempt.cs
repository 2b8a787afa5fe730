using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Reliability;

/// <summary>How an attempt to acquire ended.</summary>
public readonly record struct LockAttempt
{
    internal LockAttempt(RunLockHandle handle) => Handle = handle;

    internal LockAttempt(RunKey key, RunLock? existing, TimeSpan waited)
    {
        Key = key;
        Existing = existing;
        Waited = waited;
    }

    private RunKey Key { get; }

    /// <summary>Whether the lock was acquired.</summary>
    [MemberNotNullWhen(true, nameof(Handle))]
    public bool Acquired => Handle is not null;

    /// <summary>The held lock; dispose of it to release. Null where it was not acquired.</summary>
    public RunLockHandle? Handle { get; }

    /// <summary>The lock of somebody else that was in the way.</summary>
    public RunLock? Existing { get; }

    /// <summary>Who was in the way.</summary>
    public string? ExistingHolderId => Existing?.HolderId;

    /// <summary>How long was waited in vain.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Why it was not acquired: names the run, the holder, and the time waited. Null where it was acquired.</summary>
    public string? Error => Acquired ? null : LockConflictException.Text(Key.RunId ?? "?", ExistingHolderId, Existing?.ExpiresAt, Waited);

    internal LockConflictException ToException() => new(Key.RunId, ExistingHolderId, Existing?.ExpiresAt, Waited);
}
