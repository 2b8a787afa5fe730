namespace GitIntent.Reliability;

/// <summary>What a store keeps of an operation. It holds nothing that would let it be completed.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="RunId">The run.</param>
/// <param name="StepId">The step.</param>
/// <param name="Operation">The operation.</param>
/// <param name="InputHash">The hash of the input that it was begun with.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Fence">The fencing token of its executor: greater than that of every earlier one.</param>
/// <param name="CreatedAt">When it was begun, by the store's clock.</param>
/// <param name="CompletedAt">When it ended, by the store's clock.</param>
/// <param name="ExpiresAt">Until when the record counts: the end of the time in progress, or of the time that the outcome is kept.</param>
/// <param name="ResultJson">The result, where it completed.</param>
/// <param name="Failure">The failure, where it failed.</param>
public sealed record IdempotencyRecord(
    string Tenant, string RunId, string StepId, string Operation, string InputHash, IdempotencyStatus Status, long Fence,
    DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt, DateTimeOffset ExpiresAt, string? ResultJson, FailureInfo? Failure);

/// <summary>What is known of an operation before it is begun.</summary>
/// <param name="Skip">Whether it need not run: it completed, or failed for good.</param>
/// <param name="Record">The record, or null where there is none.</param>
public readonly record struct IdempotencyCheck(bool Skip, IdempotencyRecord? Record)
{
    /// <summary>The result as JSON, where it completed.</summary>
    public string? ResultJson => Record?.ResultJson;

    /// <summary>The failure, where it failed.</summary>
    public FailureInfo? Error => Record?.Failure;
}
