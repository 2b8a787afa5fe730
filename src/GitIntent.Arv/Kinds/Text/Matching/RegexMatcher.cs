using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text.Matching;

/// <summary>Finds patterns one by one with .NET's linear engine, after a look at the raw bytes for what every match needs.</summary>
internal sealed class RegexMatcher(ImmutableArray<CompiledPattern> patterns, TimeProvider time) : IPatternMatcher
{
    /// <summary>
    /// What one pattern may take in one file. The engine is linear for one match, but not for all matches of a file (<c>a[^z]*z|a</c>), and it counts no
    /// steps: the budget is time. It is some hundred times what honest patterns need for a megabyte.
    /// </summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    public void Find(SourceText text, ReadOnlySpan<PatternQuery> queries, MatchResults results, CancellationToken stop)
    {
        var isUtf8 = IsUtf8(text.Bytes.Span);
        for (var i = 0; i < queries.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var pattern = patterns[queries[i].Pattern];
            if (isUtf8 && !MayMatch(pattern, text.Bytes.Span))
                continue;
            if (pattern.Literal is { } literal)
                FindLiteral(text.Text, literal, i, queries[i].FirstOnly, results.Matches);
            else
                FindRegex(text.Text, pattern, i, queries[i].FirstOnly, results, stop);
        }
    }

    private static bool MayMatch(CompiledPattern pattern, ReadOnlySpan<byte> bytes)
    {
        foreach (var literal in pattern.Required)
        {
            if (literal.IsIn(bytes))
                return true;
        }
        return pattern.Required.Length == 0;
    }

    /// <summary>Whether the bytes are the text's own: UTF-16 and UTF-32 are known by their byte-order mark.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes) =>
        bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..]);

    private static void FindLiteral(string text, string literal, int query, bool firstOnly, List<PatternMatch> matches)
    {
        for (var at = 0; (at = text.IndexOf(literal, at, StringComparison.Ordinal)) >= 0; at += literal.Length)
        {
            matches.Add(new PatternMatch(query, at, at + literal.Length));
            if (firstOnly)
                return;
        }
    }

    private void FindRegex(string text, CompiledPattern pattern, int query, bool firstOnly, MatchResults results, CancellationToken stop)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            FindRegex(text, pattern.Regex!, [], query, firstOnly, results, stop);
            return;
        }
        var mapped = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var pairs = new List<int>();
            var length = pattern.Map!.Map(text, mapped, pairs);
            FindRegex(mapped.AsSpan(0, length), pattern.Regex!, pairs, query, firstOnly, results, stop);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(mapped);
        }
    }

    private void FindRegex(ReadOnlySpan<char> text, Regex regex, List<int> pairs, int query, bool firstOnly, MatchResults results, CancellationToken stop)
    {
        var before = results.Matches.Count;
        var started = time.GetTimestamp();
        try
        {
            foreach (var match in regex.EnumerateMatches(text))
            {
                stop.ThrowIfCancellationRequested();
                var end = match.Index + match.Length;
                results.Matches.Add(new PatternMatch(query, CharacterMap.Unmap(match.Index, pairs), CharacterMap.Unmap(end, pairs)));
                if (firstOnly)
                    return;
                if (time.GetElapsedTime(started) > Budget)
                    throw new RegexMatchTimeoutException();
            }
        }
        catch (RegexMatchTimeoutException)
        {
            results.Matches.RemoveRange(before, results.Matches.Count - before);
            results.OverBudget.Add(query);
        }
    }
}
