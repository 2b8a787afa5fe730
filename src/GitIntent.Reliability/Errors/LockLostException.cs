namespace GitIntent.Reliability;

/// <summary>
/// A lock that was held is held no longer: its lease ran out, an operator released it, or a guard saw a newer fence
/// (<c>LOCK_CONFLICT</c>). Retryable: under a new lock the work may be done again.
/// </summary>
public sealed class LockLostException : GwiException
{
    /// <summary>Creates the error for the lock of <paramref name="runId"/>.</summary>
    /// <param name="runId">The run, or the guarded resource.</param>
    /// <param name="fence">The fencing token that is no longer the newest.</param>
    /// <param name="message">What happened, for a human.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="bodyResult">What the body of a <c>WithLockAsync</c> had returned although its lease was lost.</param>
    public LockLostException(string runId, long fence, string message, Exception? innerException = null, object? bodyResult = null)
        : base(ErrorCode.LockConflict, message, innerException)
    {
        RunId = runId;
        Fence = fence;
        BodyResult = bodyResult;
    }

    /// <summary>The run, or the guarded resource.</summary>
    public string RunId { get; }

    /// <summary>The fencing token that is no longer the newest.</summary>
    public long Fence { get; }

    /// <summary>What the body had returned although its lease was lost; null where it did not return.</summary>
    public object? BodyResult { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("runId", RunId), ("fence", Fence));
}
