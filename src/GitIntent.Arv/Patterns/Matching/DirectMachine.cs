using System.Collections.Immutable;
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

/// <summary>A pattern of which each step follows from the text alone.</summary>
internal sealed class DirectPattern
{
    private DirectPattern(ImmutableArray<DirectPart> parts) => Parts = parts;

    public ImmutableArray<DirectPart> Parts { get; }

    /// <summary>Null where the pattern has a choice.</summary>
    public static DirectPattern? TryOf(PatternNode node)
    {
        var flat = new List<PatternNode>();
        if (!Flatten(node, flat))
            return null;
        var parts = ImmutableArray.CreateBuilder<DirectPart>(flat.Count);
        for (var i = 0; i < flat.Count; i++)
        {
            switch (flat[i])
            {
                case AssertionNode assertion:
                    parts.Add(new DirectPart(default, 0, 0, assertion.Type));
                    break;
                case SetNode set:
                    parts.Add(new DirectPart(new CharacterTest(set.Set), 1, 1, null));
                    break;
                case RepeatNode { Item: SetNode set } repeat:
                    if (MaxOf(repeat, set.Set, flat, i) is not { } max)
                        return null;
                    parts.Add(new DirectPart(new CharacterTest(set.Set), repeat.Min, max, null));
                    break;
            }
        }
        return new DirectPattern(parts.DrainToImmutable());
    }

    private static bool Flatten(PatternNode node, List<PatternNode> flat)
    {
        if (node is SequenceNode sequence)
            return sequence.Items.All(item => Flatten(item, flat));
        if (node is EmptyNode)
            return true;
        flat.Add(node);
        return node is AssertionNode or SetNode or RepeatNode { Item: SetNode };
    }

    /// <summary>How often it repeats where it takes what it can get; null where taking less could be what matches.</summary>
    private static int? MaxOf(RepeatNode repeat, CodePointSet set, List<PatternNode> flat, int index)
    {
        if (repeat.Min == repeat.Max)
            return repeat.Max;
        var asserts = false;
        foreach (var next in flat.Skip(index + 1))
        {
            switch (next)
            {
                case AssertionNode:
                    asserts = true;
                    break;
                case SetNode follow:
                    return set.Overlaps(follow.Set) ? null : repeat.Max;
                case RepeatNode { Item: SetNode follow } optional:
                    if (set.Overlaps(follow.Set))
                        return null;
                    if (optional.Min > 0)
                        return repeat.Max;
                    break;
            }
        }
        // Nothing needs to follow: a lazy one takes the least, a greedy one the most, unless an assertion wants it otherwise.
        return asserts || flat.Skip(index + 1).Any() ? (repeat.Lazy || asserts ? null : repeat.Max) : repeat.Lazy ? repeat.Min : repeat.Max;
    }
}
