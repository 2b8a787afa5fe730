namespace GitIntent.Arv.Tree.Globs;

internal enum GlobTokenKind : byte
{
    Literal,
    AnyOne,
    AnyRun,
    Class,
}

/// <summary>One element of a path segment's pattern.</summary>
internal readonly record struct GlobToken(GlobTokenKind Kind, char Literal = '\0', GlobClass? Class = null)
{
    /// <summary>How many UTF-16 units of <paramref name="text"/> it takes at <paramref name="at"/>; 0 when it does not match.</summary>
    public int Take(ReadOnlySpan<char> text, int at)
    {
        if (Kind == GlobTokenKind.Literal)
            return text[at] == Literal ? 1 : 0;

        var pair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        var width = pair ? 2 : 1;
        if (Kind == GlobTokenKind.AnyOne)
            return width;
        return Class!.Contains(pair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]) ? width : 0;
    }
}

/// <summary>A bracket expression: ranges of code points, or everything but them.</summary>
internal sealed class GlobClass(IReadOnlyList<(int Low, int High)> ranges, bool negated)
{
    public bool Contains(int codePoint)
    {
        foreach (var (low, high) in ranges)
        {
            if (codePoint >= low && codePoint <= high)
                return !negated;
        }
        return negated;
    }
}
