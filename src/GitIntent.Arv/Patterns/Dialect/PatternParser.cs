using System.Collections.Immutable;
using System.Text;

namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>
/// Reads a pattern of the dialect: RE2's syntax (https://github.com/google/re2/wiki/Syntax), with <c>^</c> and <c>$</c> at lines,
/// without <c>\p{…}</c>, and without what cannot be matched in linear time.
/// </summary>
internal sealed partial class PatternParser
{
    /// <summary>A longer pattern is a list of words in disguise: many rules find them faster, and say which.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Groups within groups. Far beyond what anybody can read, far below what any stack can hold.</summary>
    public const int MaxDepth = 250;

    /// <summary>As RE2 has it, for one count and for the product of nested ones.</summary>
    public const int MaxCount = 1000;

    private readonly string _text;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Flags _flags = Flags.MultiLine;
    private int _at;
    private int _depth;

    private PatternParser(string text) => _text = text;

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        DotMatchesAll = 2,
        MultiLine = 4,
        Ungreedy = 8,
    }

    private bool AtEnd => _at >= _text.Length;

    private char Current => _text[_at];

    /// <exception cref="PatternException">The text is no pattern of the dialect.</exception>
    public static PatternNode Parse(string text)
    {
        RefuseTooLong(text);
        var parser = new PatternParser(text);
        var node = parser.ReadChoice();
        if (!parser.AtEnd)
            throw new PatternException(parser._at, "\")\" closes no group; write \\) for the character");
        if (node.CanBeEmpty)
            throw new PatternException(FirstEmpty(node).Index, "the pattern can match the empty string, so it would match everywhere; let every alternative need a character");
        return node;
    }

    /// <exception cref="PatternException">It has more characters than a pattern may have.</exception>
    public static void RefuseTooLong(string text)
    {
        if (text.Length > MaxLength)
            throw new PatternException(0, $"the pattern is too large: it has {text.Length} characters, allowed are {MaxLength}");
    }

    private static PatternNode FirstEmpty(PatternNode node) =>
        node is ChoiceNode choice ? FirstEmpty(choice.Items.First(static i => i.CanBeEmpty)) : node;

    private PatternNode ReadChoice()
    {
        var start = _at;
        var items = ImmutableArray.CreateBuilder<PatternNode>();
        items.Add(ReadSequence());
        while (!AtEnd && Current == '|')
        {
            _at++;
            items.Add(ReadSequence());
        }
        return items.Count == 1 ? items[0] : new ChoiceNode(start, items.DrainToImmutable());
    }

    private PatternNode ReadSequence()
    {
        var start = _at;
        var items = ImmutableArray.CreateBuilder<PatternNode>();
        while (!AtEnd && Current is not ('|' or ')'))
            ReadItem(items);
        return items.Count switch
        {
            0 => new EmptyNode(start),
            1 => items[0],
            _ => new SequenceNode(start, items.DrainToImmutable()),
        };
    }

    private void ReadItem(ImmutableArray<PatternNode>.Builder items)
    {
        var start = _at;
        if (_text.AsSpan(_at).StartsWith("\\Q", StringComparison.Ordinal))
        {
            ReadQuoted(items);
            return;
        }
        if (ReadAtom() is not { } node)
            return;
        node = ReadRepeat(node);
        // CRLF is read as LF before anything is matched.
        if (IsCharacter(node, '\n') && items.Count > 0 && IsCharacter(items[^1], '\r'))
            throw new PatternException(start, "CRLF can never match, because it is read as LF; write \\n alone");
        items.Add(node);
    }

    private static bool IsCharacter(PatternNode node, char c) => node is SetNode { Set.Single: var single } && single == c;

    /// <summary>What a quantifier may follow; null for what leaves no node (flags).</summary>
    private PatternNode? ReadAtom()
    {
        var start = _at;
        switch (Current)
        {
            case '(':
                return ReadGroup();
            case '[':
                return Set(start, ReadClass());
            case '\\':
                return ReadEscape();
            case '.':
                _at++;
                return new SetNode(start, Has(Flags.DotMatchesAll) ? CodePointSet.All : CodePointSet.NotLineEnd);
            case '^':
                _at++;
                return new AssertionNode(start, Has(Flags.MultiLine) ? AssertionType.LineStart : AssertionType.TextStart);
            case '$':
                _at++;
                return new AssertionNode(start, Has(Flags.MultiLine) ? AssertionType.LineEnd : AssertionType.TextEnd);
            case '*' or '+' or '?':
                throw new PatternException(start, $"\"{Current}\" has nothing to repeat; write \\{Current} for the character");
            case '{' when TryReadCount(out _, out _):
                throw new PatternException(start, "the count has nothing to repeat; write \\{ for the character");
            default:
                return Character(start, ReadCodePoint());
        }
    }

    /// <summary><c>\Q…\E</c>: the characters as they stand; without <c>\E</c>, to the end.</summary>
    private void ReadQuoted(ImmutableArray<PatternNode>.Builder items)
    {
        _at += 2;
        while (!AtEnd)
        {
            if (_text.AsSpan(_at).StartsWith("\\E", StringComparison.Ordinal))
            {
                _at += 2;
                break;
            }
            var start = _at;
            items.Add(Character(start, ReadCodePoint()));
        }
        if (items.Count > 0) // as in RE2, a quantifier takes the last quoted character
            items[^1] = ReadRepeat(items[^1]);
    }

    private int ReadCodePoint()
    {
        if (Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out var units) != System.Buffers.OperationStatus.Done)
            throw new PatternException(_at, "half of a surrogate pair is no character");
        _at += units;
        return rune.Value;
    }

    private SetNode Character(int start, int codePoint) => Set(start, CodePointSet.Of(codePoint));

    /// <summary>A set in its final form: with both cases where <c>(?i)</c> is on.</summary>
    private SetNode Set(int start, CodePointSet set) => new(start, Has(Flags.IgnoreCase) ? set.FoldAscii() : set);

    private bool Has(Flags flag) => (_flags & flag) != 0;
}
