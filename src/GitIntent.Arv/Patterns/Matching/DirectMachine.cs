using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Runs a pattern that never has a choice: characters of sets, so many of each, where what is repeated never is what may follow it. Most
/// rules are of this form (<c>eval\s*\(</c>), and need no thread for each step.
/// </summary>
internal sealed class DirectMachine(DirectPattern pattern, FirstBytes first) : MatchMachine
{
    public override (int Start, int End)? Find(ReadOnlySpan<byte> text, int at, int startsEnd, bool open)
    {
        Undecided = -1;
        var starts = text[..Math.Min(startsEnd, text.Length)];
        for (; Work >= 0 && at < starts.Length && (at = first.Next(starts, at)) >= 0; at++)
        {
            // What repeats may go on for long, and attempts may follow each other: each step is counted, and each attempt is one.
            var end = Try(text, at, open);
            if (Undecided >= 0 || Work < 0)
                return null;
            if (end >= 0)
                return (at, end);
            Stop.ThrowIfCancellationRequested();
        }
        return null;
    }

    /// <summary>Where the match ends that starts here; -1 when none does.</summary>
    private int Try(ReadOnlySpan<byte> text, int start, bool open)
    {
        var at = start;
        Work--;
        foreach (ref readonly var part in pattern.Parts.AsSpan())
        {
            if (part.Assertion is { } assertion)
            {
                if (open && at + OpenEnd > text.Length)
                    return Undecide(start);
                if (!Holds(assertion, text, at))
                    return -1;
                continue;
            }
            var count = 0;
            for (; count != part.Max; count++)
            {
                if (open && at + OpenEnd > text.Length)
                    return Undecide(start);
                var codePoint = Utf8.CodePointAt(text, at, out var width);
                if (codePoint < 0 || !part.Set.Accepts(codePoint))
                    break;
                at += width;
            }
            Work -= count + 1;
            if (count < part.Min)
                return -1;
        }
        return at;
    }

    private int Undecide(int start)
    {
        Undecided = start;
        return -1;
    }
}

/// <param name="Max">-1: without end.</param>
/// <param name="Assertion">Where it is one; the rest means nothing then.</param>
internal readonly record struct DirectPart(CharacterTest Set, int Min, int Max, AssertionType? Assertion);
