using System.Collections.Immutable;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>A search of a <see cref="FilteringMatcher"/>.</summary>
internal sealed class FilteringSearch(FilteringMatcher matcher) : IPatternSearch
{
    private readonly PatternSearch?[] _searches = new PatternSearch?[matcher.Patterns.Length];
    private readonly List<LiteralHit> _hits = [];
    private readonly List<PatternSearch> _touched = [];
    private readonly int[] _queryOf = new int[matcher.Patterns.Length];
    private ImmutableArray<PatternQuery> _queries;
    private int _text;
    private int _window;

    public void Begin(ImmutableArray<PatternQuery> queries)
    {
        _text++;
        // Most files are asked the same.
        if (_queries == queries)
            return;
        _queries = queries;
        Array.Fill(_queryOf, -1);
        for (var i = 0; i < queries.Length; i++)
            _queryOf[queries[i].Pattern] = i;
    }

    public int Search(in PatternWindow window, MatchResults results, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        results.Matches.Clear();
        _window++;
        _touched.Clear();
        if (matcher.Literals is { } literals)
        {
            _hits.Clear();
            literals.Find(window.Text, _hits);
            foreach (var hit in _hits)
                Distribute(hit, window);
        }
        foreach (var pattern in matcher.Unfiltered)
            Touch(pattern, window);
        // Of a text in several windows, what is found later may begin here.
        if (!window.IsLast || window.Start > 0)
        {
            foreach (var query in _queries)
                Touch(query.Pattern, window);
        }
        var needed = window.StartsEnd;
        foreach (var search in _touched)
            needed = Math.Min(needed, search.Run(window, results, stop));
        results.Matches.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Query.CompareTo(b.Query));
        return window.IsLast && needed >= window.Text.Length ? window.Text.Length : Math.Max(0, needed - window.Margin);
    }

    private void Distribute(LiteralHit hit, in PatternWindow window)
    {
        foreach (var owner in matcher.Owners[hit.Literal])
            Touch(owner.Pattern, window)?.Candidates.Add(hit.Start - Math.Max(owner.Distance, 0));
    }

    /// <summary>The search for a pattern, with nothing of the last text, or the last window, left in it; null when nobody asks for it.</summary>
    private PatternSearch? Touch(int pattern, in PatternWindow window)
    {
        var query = _queryOf[pattern];
        if (query < 0)
            return null;
        var search = _searches[pattern] ??= new PatternSearch(matcher.Patterns[pattern], matcher.Runs[pattern]);
        if (search.Prepare(_text, _window, window, query, _queries[query].FirstOnly))
            _touched.Add(search);
        return search;
    }
}
