using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Reliability;

/// <summary>How a begin ended.</summary>
/// <param name="Execution">The execution, where the caller is the executor.</param>
/// <param name="Record">The record as it is now.</param>
/// <param name="Remaining">How long the record still counts, by the store's clock.</param>
public readonly record struct IdempotencyAttempt(IdempotencyExecution? Execution, IdempotencyRecord Record, TimeSpan Remaining)
{
    /// <summary>Whether the caller is the executor, and has to run the operation.</summary>
    [MemberNotNullWhen(true, nameof(Execution))]
    public bool Started => Execution is not null;
}
