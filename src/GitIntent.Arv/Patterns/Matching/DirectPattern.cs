using System.Collections.Immutable;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

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
            if (PartOf(flat[i], (repeat, set) => MaxOf(repeat, set, flat, i)) is not { } part)
                return null;
            parts.Add(part);
        }
        return new DirectPattern(parts.DrainToImmutable());
    }

    /// <summary>
    /// How every match begins, as far as each step follows from the text alone: <c>console\.log\s*\(</c> of <c>console\.log\s*\([^)]*\)</c>. Most places
    /// where a match may start are none by then. Null where it tells no more than the first character.
    /// </summary>
    public static DirectPattern? BeginningOf(PatternNode node)
    {
        var flat = new List<PatternNode>();
        Flatten(node, flat);
        var parts = ImmutableArray.CreateBuilder<DirectPart>();
        for (var i = 0; i < flat.Count && PartOf(flat[i], (repeat, set) => repeat.Min == repeat.Max || IsEndedByNext(set, flat, i) == true ? repeat.Max : null) is { } part; i++)
            parts.Add(part);
        return parts.Count(static p => p.Assertion is null) < 2 ? null : new DirectPattern(parts.DrainToImmutable());
    }

    /// <summary>The steps of a sequence, up to the first that is no set, repeated or not, and no assertion.</summary>
    /// <returns>Whether that is all of it.</returns>
    private static bool Flatten(PatternNode node, List<PatternNode> flat)
    {
        if (node is SequenceNode sequence)
            return sequence.Items.All(item => Flatten(item, flat));
        if (node is EmptyNode)
            return true;
        if (node is not (AssertionNode or SetNode or RepeatNode { Item: SetNode }))
            return false;
        flat.Add(node);
        return true;
    }

    /// <param name="maxOf">How often a set is repeated at most; null where that is a choice.</param>
    private static DirectPart? PartOf(PatternNode node, Func<RepeatNode, CodePointSet, int?> maxOf) => node switch
    {
        AssertionNode assertion => new DirectPart(default, 0, 0, assertion.Type),
        SetNode set => new DirectPart(new CharacterTest(set.Set), 1, 1, null),
        RepeatNode { Item: SetNode set } repeat when maxOf(repeat, set.Set) is { } max => new DirectPart(new CharacterTest(set.Set), repeat.Min, max, null),
        _ => null,
    };

    /// <summary>How often it repeats where it takes what it can get; null where taking less could be what matches.</summary>
    private static int? MaxOf(RepeatNode repeat, CodePointSet set, List<PatternNode> flat, int index)
    {
        if (repeat.Min == repeat.Max)
            return repeat.Max;
        if (IsEndedByNext(set, flat, index) is { } isEnded)
            return isEnded ? repeat.Max : null;
        var asserts = flat.Skip(index + 1).Any(static next => next is AssertionNode);
        // Nothing needs to follow: a lazy one takes the least, a greedy one the most, unless an assertion wants it otherwise.
        return asserts || flat.Skip(index + 1).Any() ? (repeat.Lazy || asserts ? null : repeat.Max) : repeat.Lazy ? repeat.Min : repeat.Max;
    }

    /// <summary>Whether what follows a repeated set has none of its characters; null where nothing needs to follow.</summary>
    private static bool? IsEndedByNext(CodePointSet set, List<PatternNode> flat, int index)
    {
        foreach (var next in flat.Skip(index + 1))
        {
            var (follow, isNeeded) = next switch
            {
                SetNode one => (one.Set, true),
                RepeatNode { Item: SetNode several } repeat => (several.Set, repeat.Min > 0),
                _ => (null, false),
            };
            if (follow is not null && set.Overlaps(follow))
                return false;
            if (isNeeded)
                return true;
        }
        return null;
    }
}
