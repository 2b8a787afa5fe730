using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Patterns.Dialect;

internal sealed partial class PatternParser
{
    private PatternNode ReadEscape()
    {
        var start = _at;
        var c = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (AssertionOf(c) is { } assertion)
        {
            _at += 2;
            return new AssertionNode(start, assertion);
        }
        if (NamedClasses.Perl(c) is { } set)
        {
            _at += 2;
            return Set(start, set);
        }
        return Character(start, ReadEscapedCharacter());
    }

    private static AssertionType? AssertionOf(char c) => c switch
    {
        'A' => AssertionType.TextStart,
        'z' => AssertionType.TextEnd,
        'b' => AssertionType.WordBoundary,
        'B' => AssertionType.NotWordBoundary,
        _ => null,
    };

    /// <summary>An escape that stands for one character, here or in a class.</summary>
    private int ReadEscapedCharacter()
    {
        var start = _at++;
        if (AtEnd)
            throw new PatternException(start, "the pattern ends in a backslash; write \\\\ for the character");
        var c = Current;
        if (c == 'x')
            return ReadHex(start);
        var known = c switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => '\0',
        };
        if (known == '\0')
        {
            if (!char.IsAscii(c) || char.IsAsciiLetterOrDigit(c) || char.IsControl(c))
                throw new PatternException(start, UnknownEscape(c));
            known = c;
        }
        _at++;
        return known;
    }

    private static string UnknownEscape(char c) => c switch
    {
        'p' or 'P' => "Unicode classes (\\p) are not offered; write the characters as ranges, for example [\\x{400}-\\x{4FF}]",
        >= '1' and <= '9' or 'k' or 'g' => "back-references are not offered: they cannot be matched in linear time",
        '0' => "octal is not offered; write \\x00",
        'Z' => "\\Z is not offered; the end of the text is \\z, the end of a line $",
        'G' or 'K' => $"\\{c} is not offered: it depends on the match before",
        'C' => "\\C is not offered: a match is made of characters, not of bytes",
        'R' => "\\R is not offered; CRLF is read as LF, so write \\n",
        'E' => "\\E ends no \\Q",
        'u' or 'U' => "a character by its number is written \\x{1F600}",
        'b' or 'B' or 'A' or 'z' => $"\\{c} matches no character, so it cannot stand in a class",
        _ => $"unknown escape; allowed are \\a \\f \\n \\r \\t \\v \\x41 \\x{{1F600}} \\d \\s \\w \\D \\S \\W \\b \\B \\A \\z \\Q…\\E, and a backslash before punctuation",
    };

    private int ReadHex(int start)
    {
        _at++;
        ReadOnlySpan<char> digits;
        if (!AtEnd && Current == '{')
        {
            var end = _text.IndexOf('}', _at);
            digits = end < 0 ? "" : _text.AsSpan(_at + 1, end - _at - 1);
            _at = end + 1;
        }
        else
        {
            digits = _text.AsSpan(_at, Math.Min(2, _text.Length - _at));
            _at += digits.Length;
            if (digits.Length < 2)
                digits = "";
        }
        if (digits.Length is < 1 or > 8 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
            throw new PatternException(start, "bad number of a character; write \\x41 or \\x{1F600}, up to \\x{10FFFF}, no surrogates");
        return value;
    }
}
