namespace GitIntent.Reliability;

/// <summary>What a foreign exception is, in the words of the taxonomy.</summary>
/// <param name="Code">The code.</param>
/// <param name="RetryAfter">How long to wait, where the exception says so; null is the code's default.</param>
public readonly record struct ErrorClassification(ErrorCode Code, TimeSpan? RetryAfter = null);

/// <summary>Recognises exceptions of one library by their types and codes, never by their text.</summary>
/// <param name="exception">The exception; its causes are tried one by one.</param>
/// <returns>What it is, or null where the classifier does not know it.</returns>
public delegate ErrorClassification? ErrorClassifier(Exception exception);
