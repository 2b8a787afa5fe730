namespace GitIntent.Reliability;

/// <summary>The operation succeeded, but the store failed to record it. It is not recorded as failed; when its time in progress is over it may run again.</summary>
public sealed class ResultUnrecordedException : GwiException
{
    internal ResultUnrecordedException(string key, object? result, GwiException cause)
        : base(cause.Code, $"The operation {key} succeeded, but its result could not be recorded: {cause.Message}", cause)
    {
        Key = key;
        Result = result;
    }

    /// <summary>The operation's key.</summary>
    public string Key { get; }

    /// <summary>What the operation returned.</summary>
    public object? Result { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("key", Key));
}
