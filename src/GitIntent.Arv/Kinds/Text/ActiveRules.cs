using System.Collections.Immutable;
using GitIntent.Arv.Patterns.Matching;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>The rules that look at a file, and what they ask: first each rule's own pattern, then the <c>where</c>s.</summary>
internal sealed class ActiveRules
{
    public ActiveRules(IEnumerable<RuleScope> scopes)
    {
        Scopes = [.. scopes];
        Rules = [.. Scopes.SelectMany(static s => s.Rules)];
        var filtered = Rules.Where(static r => r.Where >= 0).ToList();
        Queries =
        [
            .. Rules.Select(static r => new PatternQuery(r.Looks, r.FirstOnly)),
            .. filtered.Select(static r => new PatternQuery(r.Where, FirstOnly: true)),
        ];
        HasRequired = Rules.Any(static r => r.FirstOnly);
        RuleOf = [.. Enumerable.Range(0, Rules.Length), .. filtered.Select(r => Rules.IndexOf(r))];
    }

    public ImmutableArray<RuleScope> Scopes { get; }

    public ImmutableArray<ScanRule> Rules { get; }

    /// <summary>Whether a file in which nothing is found has something to say.</summary>
    public bool HasRequired { get; }

    public ImmutableArray<PatternQuery> Queries { get; }

    /// <summary>By query, the index of its rule.</summary>
    public ImmutableArray<int> RuleOf { get; }

    public bool IsWhere(int query) => query >= Rules.Length;
}
