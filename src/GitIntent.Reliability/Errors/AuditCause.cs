namespace GitIntent.Reliability;

/// <summary>One cause of an error.</summary>
/// <param name="ExceptionType">The name of its type.</param>
/// <param name="Code">Its own code.</param>
/// <param name="Message">What happened; redacted.</param>
public sealed record AuditCause(string ExceptionType, ErrorCode Code, string Message)
{
    internal static IReadOnlyList<AuditCause> ChainOf(Exception? exception, Func<Exception?, ErrorClassification> classify)
    {
        List<AuditCause> chain = [];
        var open = new Stack<Exception>(Inner(exception));
        while (chain.Count < ErrorClassifiers.MaxDepth && open.TryPop(out var cause))
        {
            chain.Add(new AuditCause(cause.GetType().Name, ErrorCodes.Describe(classify(cause).Code).Code, Redactor.Redact(SafeText.MessageOf(cause))));
            foreach (var inner in Inner(cause))
                open.Push(inner);
        }

        return chain;
    }

    /// <summary>Last first, as a stack wants them.</summary>
    private static IEnumerable<Exception> Inner(Exception? exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.Reverse(),
        { InnerException: { } one } => [one],
        _ => [],
    };
}
