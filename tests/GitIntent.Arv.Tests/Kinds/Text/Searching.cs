using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Patterns.Matching.Literals;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>Asks the engine, as the kind does: window by window.</summary>
internal static class Searching
{
    /// <summary>A window so small that most matches stand in two.</summary>
    public static readonly (int Size, int Margin) Small = (192, 64);

    public static readonly (int Size, int Margin) Usual = (TextWindows.Size, 64 * 1024);

    /// <summary>The matches of one pattern as <c>start-end</c>, in UTF-16 units of the decoded text.</summary>
    public static string Find(Pattern pattern, string text) => Find(MatcherOf(pattern), 1, Encoding.UTF8.GetBytes(text), Usual)[0];

    public static IPatternMatcher MatcherOf(Pattern pattern) => PatternMatchers.For([new PreparedPattern(pattern)]);

    /// <summary>By pattern.</summary>
    public static string[] Find(IPatternMatcher matcher, int patterns, byte[] bytes, (int Size, int Margin) window)
    {
        var text = new MemoryStream();
        var matches = Enumerable.Range(0, patterns).Select(static _ => new List<(long Start, long End)>()).ToArray();
        var windows = new TextWindows(window.Size);
        var search = matcher.NewSearch();
        var results = new MatchResults();
        windows.Begin(new MemoryBytes(bytes));
        search.Begin([.. Enumerable.Range(0, patterns).Select(static i => new PatternQuery(i, FirstOnly: false))]);
        while (true)
        {
            text.SetLength(windows.Start);
            text.Position = windows.Start;
            text.Write(windows.Text);
            var keep = search.Search(new PatternWindow(windows.Text, windows.Start, window.Margin, windows.IsLast, windows.IsFull), results, CancellationToken.None);
            foreach (var match in results.Matches)
                matches[match.Query].Add((windows.Start + match.Start, windows.Start + match.End));
            if (windows.IsLast)
                break;
            windows.Next(keep);
        }
        results.OverBudget.ShouldBeEmpty();
        var whole = text.ToArray();
        return [.. matches.Select(m => string.Join(' ', m.Select(place => $"{Units(place.Start)}-{Units(place.End)}")))];

        int Units(long offset) => Encoding.UTF8.GetCharCount(whole, 0, (int)offset);
    }

    public static ImmutableArray<VectorWidth> Widths => [.. Enum.GetValues<VectorWidth>()];
}
