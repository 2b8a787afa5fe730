using System.Buffers;
using System.Text;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>What a match can start with, so that the rest of a text can be skipped.</summary>
internal sealed class FirstCharacters
{
    private const int MaxWords = 8;

    private readonly CharacterTest _test;
    private readonly SearchValues<char> _values;
    private readonly bool _isAscii;

    /// <summary>Where every match starts with one of a few words: those.</summary>
    private readonly SearchValues<string>? _words;

    public FirstCharacters(PatternNode node)
    {
        var set = CodePointSet.Of([.. SetsOf(node).SelectMany(static s => s.Ranges)]);
        _test = new CharacterTest(set);
        _isAscii = set.Ranges.All(static r => r.Last < 0x80);
        // Beyond ASCII, characters are looked at one by one where the set has any of them.
        _values = SearchValues.Create([.. Enumerable.Range(0, 0x80).Where(c => set.Contains(c) == _isAscii).Select(static c => (char)c)]);
        var words = WordsOf(node).Take(MaxWords + 1).ToArray();
        if (words.Length <= MaxWords && words.All(static w => w.Length > 1))
            _words = SearchValues.Create(words, StringComparison.Ordinal);
    }

    public bool Accepts(int codePoint) => _test.Accepts(codePoint);

    /// <summary>The next place, from <paramref name="at"/>, where a match may start; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        var skipped = _words is not null ? rest.IndexOfAny(_words) : _isAscii ? rest.IndexOfAny(_values) : rest.IndexOfAnyExcept(_values);
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

    /// <summary>One word for each way that a match can start; an empty one where it is not known.</summary>
    private static IEnumerable<string> WordsOf(PatternNode node) => node switch
    {
        SequenceNode sequence => WordsOfSequence(sequence),
        ChoiceNode choice => choice.Items.SelectMany(WordsOf),
        _ => [Word([node])],
    };

    private static IEnumerable<string> WordsOfSequence(SequenceNode sequence)
    {
        var items = sequence.Items.SkipWhile(static i => i is AssertionNode).ToList();
        return items is [ChoiceNode { CanBeEmpty: false } choice, ..] ? WordsOf(choice) : [Word(items)];
    }

    private static string Word(IEnumerable<PatternNode> items)
    {
        var word = new StringBuilder();
        foreach (var single in items.TakeWhile(static i => i is SetNode { Set.Single: >= 0 }).Cast<SetNode>())
            word.Append(new Rune(single.Set.Single).ToString());
        return word.ToString();
    }
}
