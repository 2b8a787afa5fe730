using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>What can be said of a pattern's matches without a text.</summary>
internal static class NodeFacts
{
    /// <summary>Matches that start further before what was found are looked for by lines, or in the whole text.</summary>
    private const int MaxWidth = 4096;

    public const int Unknown = -1;

    /// <summary>How many bytes every match has, where all have as many; else <see cref="Unknown"/>.</summary>
    public static int WidthOf(PatternNode node) => node switch
    {
        SetNode set => Utf8.WidthOf(set.Set.Ranges[0].First) is var width && width == Utf8.WidthOf(set.Set.Ranges[^1].Last) ? width : Unknown,
        RepeatNode repeat when repeat.Min == repeat.Max => WidthOf(repeat.Item) is >= 0 and var width ? Cap(width * repeat.Min) : Unknown,
        RepeatNode => Unknown,
        SequenceNode sequence => sequence.Items.Aggregate(0, static (sum, item) => Plus(sum, WidthOf(item))),
        ChoiceNode choice => WidthOf(choice.Items[0]) is var width && choice.Items.All(i => WidthOf(i) == width) ? width : Unknown,
        _ => 0,
    };

    public static int Plus(int a, int b) => a < 0 || b < 0 ? Unknown : Cap(a + b);

    /// <summary>Whether a match can hold a line end: <c>\s</c> and <c>[^x]</c> do.</summary>
    public static bool CrossesLines(PatternNode node) => node switch
    {
        SetNode set => set.Set.Contains('\n'),
        RepeatNode repeat => CrossesLines(repeat.Item),
        SequenceNode sequence => sequence.Items.Any(CrossesLines),
        ChoiceNode choice => choice.Items.Any(CrossesLines),
        _ => false,
    };

    private static int Cap(int width) => width <= MaxWidth ? width : Unknown;
}
