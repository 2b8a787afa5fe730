using System.Globalization;

namespace GitIntent.Reliability;

/// <summary>Somebody else holds the run's lock (<c>LOCK_CONFLICT</c>, exit code 23, always retryable).</summary>
public sealed class LockConflictException : GwiException
{
    /// <summary>Creates a conflict over the lock of <paramref name="runId"/>.</summary>
    /// <param name="runId">The run whose lock was wanted.</param>
    /// <param name="holderId">Who holds it, where that is known.</param>
    /// <param name="expiresAt">When the holder's lease ends unless it is extended.</param>
    /// <param name="waited">How long the caller waited in vain; zero where it did not wait.</param>
    /// <param name="details">What else is known.</param>
    public LockConflictException(string runId, string? holderId = null, DateTimeOffset? expiresAt = null, TimeSpan waited = default, ErrorDetails? details = null)
        : base(ErrorCode.LockConflict, Text(runId, holderId, expiresAt, waited), null, details)
    {
        RunId = runId;
        HolderId = holderId;
        ExpiresAt = expiresAt;
        Waited = waited;
    }

    /// <summary>The run whose lock was wanted.</summary>
    public string RunId { get; }

    /// <summary>Who holds it, where that is known. Never what would let it be released.</summary>
    public string? HolderId { get; }

    /// <summary>When the holder's lease ends unless it is extended.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>How long the caller waited in vain; zero where it did not wait.</summary>
    public TimeSpan Waited { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(
        ("runId", RunId), ("holderId", HolderId), ("expiresAt", ExpiresAt), ("waitedMs", Waited > TimeSpan.Zero ? Waited.TotalMilliseconds : null));

    internal static string Text(string runId, string? holderId, DateTimeOffset? expiresAt, TimeSpan waited)
    {
        var holder = holderId is null ? "is locked by somebody else" : $"is locked by {holderId}";
        var until = expiresAt is { } at ? string.Create(CultureInfo.InvariantCulture, $" until {at.UtcDateTime:O}") : "";
        var wait = waited > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"; waited {waited.TotalMilliseconds:0} ms") : "";
        return $"Run {runId} {holder}{until}{wait}.";
    }
}
