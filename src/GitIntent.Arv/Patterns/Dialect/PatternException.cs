namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>A pattern that is no pattern of the dialect. The message says what is wrong and what is allowed.</summary>
/// <param name="index">Where in the pattern, in UTF-16 units from 0; the column is one more.</param>
internal sealed class PatternException(int index, string message) : Exception(message)
{
    public int Index { get; } = index;
}
