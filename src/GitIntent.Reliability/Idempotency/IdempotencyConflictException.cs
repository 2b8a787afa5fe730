namespace GitIntent.Reliability;

/// <summary>An operation is under way elsewhere, was begun with another input, or was taken over (<c>IDEMPOTENCY_CONFLICT</c>, exit code 24).</summary>
public sealed class IdempotencyConflictException : GwiException
{
    /// <summary>Creates a conflict.</summary>
    /// <param name="key">The operation's key.</param>
    /// <param name="conflict">Why.</param>
    /// <param name="message">What happened, for a human.</param>
    /// <param name="result">What the operation had returned although it could not be recorded.</param>
    public IdempotencyConflictException(string key, IdempotencyConflict conflict, string message, object? result = null)
        : base(ErrorCode.IdempotencyConflict, message)
    {
        Key = key;
        Conflict = conflict;
        Result = result;
    }

    /// <summary>The operation's key.</summary>
    public string Key { get; }

    /// <summary>Why.</summary>
    public IdempotencyConflict Conflict { get; }

    /// <summary>What the operation had returned although it could not be recorded.</summary>
    public object? Result { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("key", Key), ("conflict", Conflict.ToString()));
}
