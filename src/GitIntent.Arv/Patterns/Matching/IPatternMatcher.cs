using System.Collections.Immutable;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Finds the patterns that it was made for in texts. The one seam between the kind and the engine: nothing else of the kind knows how matches
/// are found. Used by several threads at once, each with its own search.
/// </summary>
internal interface IPatternMatcher
{
    IPatternSearch NewSearch();
}

/// <summary>A search of one thread, used for one text after the other.</summary>
internal interface IPatternSearch
{
    /// <summary>Begins a text.</summary>
    void Begin(ImmutableArray<PatternQuery> queries);

    /// <summary>
    /// Adds to <paramref name="results"/>, for each query, its pattern's matches: leftmost, the earlier alternative first, not overlapping;
    /// or that they took more than the budget. Windows come in order and overlap: a match is given in one of them.
    /// </summary>
    /// <returns>From where the window's text is still needed; at its end, all is decided.</returns>
    int Search(in PatternWindow window, MatchResults results, CancellationToken stop);
}

/// <summary>A part of a text: valid UTF-8, with LF as line end.</summary>
/// <param name="start">Where it starts in the text.</param>
/// <param name="margin">How much of it to leave to the next window, and to keep of the last one, so that what stands beside a match is seen.</param>
/// <param name="isLast">Whether it ends where the text does.</param>
/// <param name="isFull">Whether no larger one can be had: what needs more is given up.</param>
internal readonly ref struct PatternWindow(ReadOnlySpan<byte> text, long start, int margin, bool isLast, bool isFull)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public long Start { get; } = start;

    public int Margin { get; } = margin;

    public bool IsLast { get; } = isLast;

    public bool IsFull { get; } = isFull;

    /// <summary>Matches start before this place; the rest is the next window's.</summary>
    public int StartsEnd => IsLast ? Text.Length : Math.Max(Text.Length - Margin, 0);
}

/// <param name="Pattern">The pattern's index in the matcher.</param>
/// <param name="FirstOnly">Whether the first match is enough.</param>
internal readonly record struct PatternQuery(int Pattern, bool FirstOnly);

/// <summary>A match of the query with the index <paramref name="Query"/>; offsets in the window, the end exclusive.</summary>
internal readonly record struct PatternMatch(int Query, int Start, int End);

/// <summary>What a look at one text came to.</summary>
internal sealed class MatchResults
{
    /// <summary>Of one window; by place, then by query.</summary>
    public List<PatternMatch> Matches { get; } = [];

    /// <summary>The indices of the queries that took more than the budget. What was found of them in time says nothing.</summary>
    public List<int> OverBudget { get; } = [];
}
