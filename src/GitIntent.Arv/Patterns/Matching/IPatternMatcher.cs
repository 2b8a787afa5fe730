using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Finds the patterns that it was made for in texts. The one seam between the kind and the engine: nothing else of the kind knows how matches
/// are found. Used by several threads at once.
/// </summary>
internal interface IPatternMatcher
{
    /// <summary>
    /// Adds to <paramref name="results"/>, for each query, its pattern's matches: leftmost, the earlier alternative first, not overlapping;
    /// or that they took more than the budget.
    /// </summary>
    void Find(SourceText text, ReadOnlySpan<PatternQuery> queries, MatchResults results, CancellationToken stop);
}

/// <param name="Pattern">The pattern's index in the matcher.</param>
/// <param name="FirstOnly">Whether the first match is enough.</param>
internal readonly record struct PatternQuery(int Pattern, bool FirstOnly);

/// <summary>A match of the query with the index <paramref name="Query"/>; offsets in the text, the end exclusive.</summary>
internal readonly record struct PatternMatch(int Query, int Start, int End);

/// <summary>What a look at one text came to.</summary>
internal sealed class MatchResults
{
    /// <summary>By query, then by place.</summary>
    public List<PatternMatch> Matches { get; } = [];

    /// <summary>The indices of the queries that took more than the budget. They have no matches here: how many were found in time says nothing.</summary>
    public List<int> OverBudget { get; } = [];
}
