namespace GitIntent.Reliability;

/// <summary>What a store is asked to do in one atomic step: begin the operation unless it is under way, done, or failed for good.</summary>
/// <param name="Key">The operation; its tenant is filled in.</param>
/// <param name="Owner">The executor's secret. If this executor has begun it already, and it is still under way, the answer is the same.</param>
/// <param name="InProgressTimeout">How long from the store's now.</param>
/// <param name="RerunTransient">Whether a kept transient failure is no obstacle.</param>
/// <param name="RerunPermanent">Whether a kept permanent failure is no obstacle.</param>
/// <remarks>A live record with another input hash is an obstacle, always.</remarks>
public readonly record struct BeginRequest(IdempotencyKey Key, OwnerToken Owner, TimeSpan InProgressTimeout, bool RerunTransient, bool RerunPermanent)
{
    /// <summary>Whether the operation may begin over a live record; a store calls it inside of its atomic step.</summary>
    /// <param name="inputHash">The record's.</param>
    /// <param name="status">The record's.</param>
    /// <param name="retryable">Whether the record's failure is transient.</param>
    public bool MayReplace(string inputHash, IdempotencyStatus status, bool retryable) =>
        status == IdempotencyStatus.Failed && inputHash == Key.InputHash && (retryable ? RerunTransient : RerunPermanent);
}

/// <summary>A store's answer to a <see cref="BeginRequest"/>.</summary>
/// <param name="Started">Whether the caller is the executor.</param>
/// <param name="Record">The record as it is now.</param>
/// <param name="Remaining">How long it still counts, by the store's clock.</param>
public readonly record struct BeginReply(bool Started, IdempotencyRecord Record, TimeSpan Remaining);

/// <summary>How an operation ended.</summary>
/// <param name="Status"><see cref="IdempotencyStatus.Completed"/> or <see cref="IdempotencyStatus.Failed"/>.</param>
/// <param name="ResultJson">The result, where it completed.</param>
/// <param name="Failure">The failure, where it failed.</param>
public sealed record IdempotencyOutcome(IdempotencyStatus Status, string? ResultJson, FailureInfo? Failure);
