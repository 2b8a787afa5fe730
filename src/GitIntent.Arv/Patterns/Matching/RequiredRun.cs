using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// What a match of a pattern without a literal holds: so many bytes of a set in a row. <c>[0-9]{16}</c> holds 16 digits, and source code
/// hardly ever does, and looking for them costs far less than running the pattern.
/// </summary>
/// <param name="Distance">How many bytes every match has before them; <see cref="NodeFacts.Unknown"/> where they differ.</param>
internal sealed record RequiredRun(ByteSet Bytes, int Length, int Distance)
{
    /// <summary>More of a text than this in such runs, and looking for them saves nothing.</summary>
    private const double MostHits = 0.04;

    private const int MaxLength = 4096;

    /// <summary>Null where there is none that would help.</summary>
    public static RequiredRun? Of(PatternNode node)
    {
        RequiredRun? best = null;
        var items = node is SequenceNode sequence ? sequence.Items : [node];
        var distance = 0;
        for (var first = 0; first < items.Length; first++)
        {
            var (bytes, length) = (new ByteSet(), 0);
            for (var i = first; i < items.Length && Part(items[i]) is var (set, min); i++)
            {
                bytes = bytes.With(set);
                length = Math.Min(length + min, MaxLength);
                var run = new RequiredRun(bytes, length, distance);
                if (length > 0 && run.Hits < (best?.Hits ?? MostHits))
                    best = run;
            }
            distance = NodeFacts.Plus(distance, NodeFacts.WidthOf(items[first]));
        }
        return best;
    }

    /// <summary>
    /// A guess at the share of places in source code where such a run begins. Bytes of a set come together more often than chance has it:
    /// half the chance of the first is taken for what follows.
    /// </summary>
    private double Hits => Bytes.Share * Math.Pow(0.5 + (Bytes.Share / 2), Math.Min(Length, 64) - 1);

    private static (CodePointSet Set, int Min)? Part(PatternNode node) => node switch
    {
        SetNode set => (set.Set, 1),
        RepeatNode { Item: SetNode set } repeat => (set.Set, repeat.Min),
        AssertionNode => (CodePointSet.Of(), 0),
        _ => null,
    };
}
