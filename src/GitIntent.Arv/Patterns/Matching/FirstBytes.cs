using System.Buffers;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>What a match can start with, so that the rest of a text can be skipped.</summary>
internal sealed class FirstBytes
{
    private readonly CharacterTest _test;
    private readonly SearchValues<byte> _values;

    public FirstBytes(PatternNode node)
    {
        var set = CodePointSet.Of([.. SetsOf(node).SelectMany(static s => s.Ranges)]);
        _test = new CharacterTest(set);
        var bytes = Enumerable.Range(0, 0x80).Where(set.Contains).Select(static c => (byte)c).ToHashSet();
        foreach (var range in set.Ranges.Where(static r => r.Last >= 0x80))
        {
            for (var lead = Utf8.LeadOf(Math.Max(range.First, 0x80)); lead <= Utf8.LeadOf(range.Last); lead++)
                bytes.Add((byte)lead);
        }
        _values = SearchValues.Create([.. bytes]);
    }

    public bool Accepts(int codePoint) => _test.Accepts(codePoint);

    /// <summary>The next place, from <paramref name="at"/>, where a match may start; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int at)
    {
        var skipped = text[at..].IndexOfAny(_values);
        return skipped < 0 ? -1 : at + skipped;
    }

    private static IEnumerable<CodePointSet> SetsOf(PatternNode node) => node switch
    {
        SetNode set => [set.Set],
        RepeatNode repeat => SetsOf(repeat.Item),
        ChoiceNode choice => choice.Items.SelectMany(SetsOf),
        SequenceNode sequence => sequence.Items.Take(1 + sequence.Items.TakeWhile(static i => i.CanBeEmpty).Count()).SelectMany(SetsOf),
        _ => [],
    };
}
