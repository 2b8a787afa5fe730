using System.Buffers;
using GitIntent.Arv.Kinds.Text.Dialect;

namespace GitIntent.Arv.Kinds.Text.Matching;

/// <summary>What a match can start with, so that the rest of a text can be skipped.</summary>
internal sealed class FirstCharacters
{
    private readonly SearchValues<char> _values;
    private readonly bool _isAscii;
    private readonly CharacterTest _test;

    public FirstCharacters(PatternNode node)
    {
        var set = CodePointSet.Of([.. Of(node).SelectMany(static s => s.Ranges)]);
        _test = new CharacterTest(set);
        _isAscii = set.Ranges.All(static r => r.Last < 0x80);
        // Beyond ASCII, characters are looked at one by one where the set has any of them.
        _values = SearchValues.Create([.. Enumerable.Range(0, 0x80).Where(c => set.Contains(c) == _isAscii).Select(static c => (char)c)]);
    }

    public bool Accepts(int codePoint) => _test.Accepts(codePoint);

    /// <summary>The next place, from <paramref name="at"/>, where a match may start; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<char> text, int at)
    {
        var skipped = _isAscii ? text[at..].IndexOfAny(_values) : text[at..].IndexOfAnyExcept(_values);
        return skipped < 0 ? -1 : at + skipped;
    }

    private static IEnumerable<CodePointSet> Of(PatternNode node) => node switch
    {
        SetNode set => [set.Set],
        RepeatNode repeat => Of(repeat.Item),
        ChoiceNode choice => choice.Items.SelectMany(Of),
        SequenceNode sequence => sequence.Items.Take(1 + sequence.Items.TakeWhile(static i => i.CanBeEmpty).Count()).SelectMany(Of),
        _ => [],
    };
}
