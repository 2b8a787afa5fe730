using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>Bytes of UTF-8; where <paramref name="AnyCase"/> is set, an ASCII letter in either case (given in lower case).</summary>
/// <param name="Distance">How many bytes every match has before it; <see cref="NodeFacts.Unknown"/> where they differ.</param>
internal sealed record RequiredLiteral(ImmutableArray<byte> Bytes, ImmutableArray<bool> AnyCase, int Distance);

/// <summary>Finds texts of which every match of a pattern holds at least one, so that only what is beside them needs to be looked at.</summary>
internal static class RequiredLiterals
{
    private const int MaxLiterals = 8;
    private const int MaxLength = 64;

    /// <summary>Empty when there are none that would help.</summary>
    public static ImmutableArray<RequiredLiteral> Of(PatternNode node) => Find(node, 0) ?? [];

    private static ImmutableArray<RequiredLiteral>? Find(PatternNode node, int distance) => node switch
    {
        SetNode or SequenceNode => FindInSequence(node, distance),
        ChoiceNode choice => FindInChoice(choice, distance),
        RepeatNode { Min: > 0, Item: SetNode } => FindInSequence(node, distance),
        RepeatNode { Min: > 0 } repeat => Find(repeat.Item, distance), // the first turn
        _ => null,
    };

    private static ImmutableArray<RequiredLiteral>? FindInChoice(ChoiceNode choice, int distance)
    {
        var all = ImmutableArray.CreateBuilder<RequiredLiteral>();
        foreach (var item in choice.Items)
        {
            if (Find(item, distance) is not { } found || all.Count + found.Length > MaxLiterals)
                return null;
            all.AddRange(found);
        }
        return all.ToImmutable();
    }

    private static ImmutableArray<RequiredLiteral>? FindInSequence(PatternNode node, int distance)
    {
        ImmutableArray<RequiredLiteral>? best = null;
        var run = new Run();
        foreach (var item in node is SequenceNode sequence ? sequence.Items : [node])
        {
            var (set, min, more) = item switch
            {
                SetNode single => (single, 1, false),
                RepeatNode { Item: SetNode repeated, Min: > 0 } repeat => (repeated, repeat.Min, repeat.Max != repeat.Min),
                _ => (null, 0, item is not AssertionNode),
            };
            for (var i = 0; i < Math.Min(min, MaxLength) && set is not null; i++)
            {
                if (!run.Add(set.Set, NodeFacts.Plus(distance, i * Math.Max(NodeFacts.WidthOf(set), 0))))
                    best = Best(best, run.End());
            }
            if (more || min > MaxLength)
                best = Best(best, run.End());
            if (set is null)
                best = Best(best, Find(item, distance));
            distance = NodeFacts.Plus(distance, NodeFacts.WidthOf(item));
        }
        return Best(best, run.End());
    }

    /// <summary>
    /// The better of two: a longer shortest literal says more; of equals, fewer literals; of equals, those at a known distance.
    /// </summary>
    private static ImmutableArray<RequiredLiteral>? Best(ImmutableArray<RequiredLiteral>? a, ImmutableArray<RequiredLiteral>? b)
    {
        if (a is not { } first)
            return b;
        if (b is not { } second)
            return a;
        return Score(second) > Score(first) ? b : a;

        static int Score(ImmutableArray<RequiredLiteral> literals)
        {
            var known = literals.All(static l => l.Distance >= 0);
            var length = literals.Min(static l => l.Bytes.Length);
            return (2 * ((Math.Min(length, 8) * (MaxLiterals + 1)) - literals.Length)) + (known ? 1 + (length >= 4 ? MaxLiterals + 1 : 0) : 0);
        }
    }

    /// <summary>The characters that follow each other without a choice.</summary>
    private sealed class Run
    {
        private readonly List<byte> _bytes = [];
        private readonly List<bool> _anyCase = [];
        private int _distance;

        /// <summary>False when the set is no single character: the run ends before it.</summary>
        public bool Add(CodePointSet set, int distance)
        {
            if (_bytes.Count == 0)
                _distance = distance;
            if (set.Ranges is [{ } upper, { } lower] && upper.First == upper.Last && lower.First == lower.Last
                && upper.First is >= 'A' and <= 'Z' && lower.First == upper.First + 32)
            {
                Append((byte)lower.First, true);
                return true;
            }
            if (set.Single < 0)
                return false;
            Span<byte> utf8 = stackalloc byte[4];
            foreach (var b in utf8[..new Rune(set.Single).EncodeToUtf8(utf8)])
                Append(b, false);
            return true;
        }

        public ImmutableArray<RequiredLiteral>? End()
        {
            if (_bytes.Count == 0)
                return null;
            var literal = new RequiredLiteral([.. _bytes.Take(MaxLength)], [.. _anyCase.Take(MaxLength)], _distance);
            _bytes.Clear();
            _anyCase.Clear();
            return [literal];
        }

        private void Append(byte b, bool anyCase)
        {
            _bytes.Add(b);
            _anyCase.Add(anyCase);
        }
    }
}
