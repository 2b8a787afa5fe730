using System.Collections.Immutable;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Finds patterns one by one, after a look at the raw bytes for what every match needs: a file without it is never decoded.</summary>
internal sealed class PlainMatcher(ImmutableArray<PreparedPattern> patterns) : IPatternMatcher
{
    /// <summary>
    /// What one pattern may do in one file, in steps of the machine: well under a second's worth, and as much again for each million characters. A step count is the
    /// same on every machine, so is the verdict. An honest pattern needs a few steps a character; a match is linear, but all matches of a
    /// file need not be (<c>a[^z]*z|a</c>).
    /// </summary>
    public static long Budget(int characters) => 30_000_000 + (30L * characters);

    public void Find(SourceText text, ReadOnlySpan<PatternQuery> queries, MatchResults results, CancellationToken stop)
    {
        var isUtf8 = IsUtf8(text.Bytes.Span);
        for (var i = 0; i < queries.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var pattern = patterns[queries[i].Pattern];
            if (isUtf8 && !MayMatch(pattern, text.Bytes.Span))
                continue;
            if (pattern.Machine is not var (program, first))
                FindLiteral(text.Text, pattern.Literal!, i, queries[i].FirstOnly, results.Matches);
            else if (!FindPattern(text.Text, new ThreadMachine(program, first) { Stop = stop }, i, queries[i].FirstOnly, results.Matches, stop))
                results.OverBudget.Add(i);
        }
    }

    private static bool MayMatch(PreparedPattern pattern, ReadOnlySpan<byte> bytes)
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

    /// <summary>False when it took more than the budget.</summary>
    private static bool FindPattern(string text, ThreadMachine machine, int query, bool firstOnly, List<PatternMatch> matches, CancellationToken stop)
    {
        var before = matches.Count;
        machine.Work = Budget(text.Length);
        for (var at = 0; machine.Find(text, at) is var (start, end); at = end)
        {
            stop.ThrowIfCancellationRequested();
            matches.Add(new PatternMatch(query, start, end));
            if (firstOnly)
                return true;
        }
        if (machine.Work >= 0)
            return true;
        matches.RemoveRange(before, matches.Count - before);
        return false;
    }
}
