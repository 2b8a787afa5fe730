using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Schemas;

/// <summary>
/// Patterns of JSON Schema (ECMA-262) as patterns of .NET's linear engine. What differs is translated: <c>$</c> is the very end, <c>\d</c> and
/// <c>\w</c> are ASCII, <c>.</c> and negated classes take a whole code point. What would need look-around or back-references is refused.
/// </summary>
internal sealed class EcmaPattern
{
    /// <summary>How many positions a pattern may have once its counts are written out.</summary>
    private const int MaxSize = 20_000;

    /// <summary>Linear time may still be much time: as many positions as above, over a text of megabytes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Digits = "0-9";
    private const string WordCharacters = "A-Za-z0-9_";
    private const string Spaces = @"\t\n\v\f\r\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string NotDigits = @"\u0000-\u002f\u003a-\uffff";
    private const string NotWordCharacters = @"\u0000-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\uffff";
    private const string NotSpaces = @"\u0000-\u0008\u000e-\u001f\u0021-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";
    private const string Astral = @"[\ud800-\udbff][\udc00-\udfff]";

    /// <summary>The long names of general categories that .NET knows by their short ones only.</summary>
    private static readonly FrozenDictionary<string, string> Categories = new Dictionary<string, string>
    {
        ["Letter"] = "L",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Other"] = "C",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _pattern;
    private readonly StringBuilder _to = new();
    private readonly PatternSize _size = new();
    private int _at;

    private EcmaPattern(string pattern) => _pattern = pattern;

    /// <exception cref="FormatException">The message says what is not supported.</exception>
    public static Regex Compile(string pattern)
    {
        var translation = new EcmaPattern(pattern);
        translation.Translate();
        if (translation._size.Total > MaxSize)
            throw new FormatException($"with its counts written out it has more than {MaxSize} positions");
        try
        {
            return new Regex(translation._to.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException(e is NotSupportedException ? "it cannot be matched in linear time" : e.Message, e);
        }
    }

    private void Translate()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            switch (c)
            {
                case '$':
                    _to.Append(@"\z");
                    break;
                case '.':
                    Atom($@"(?:{Astral}|[^\n\r\u2028\u2029\ud800-\udfff])");
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Group();
                    break;
                case ')':
                    _to.Append(c);
                    _size.Close();
                    break;
                case '\\':
                    Escape();
                    break;
                case '{':
                    Count();
                    break;
                default:
                    Literal(c);
                    break;
            }
        }
    }

    private void Literal(char c)
    {
        if (c is '^' or '|' or '*' or '+' or '?')
            _to.Append(c);
        else if (char.IsHighSurrogate(c) && _at < _pattern.Length)
            Atom($"(?:{c}{_pattern[_at++]})");
        else
            Atom(c is '#' or ' ' ? @"\" + c : c.ToString());
    }

    private void Group()
    {
        _size.Open();
        _to.Append('(');
        if (!Ahead("?"))
            return;
        if (Ahead("?=") || Ahead("?!") || Ahead("?<=") || Ahead("?<!"))
            throw new FormatException("look-around cannot be matched in linear time");
        if (!Ahead("?:") && !Ahead("?<"))
            throw new FormatException($"(?{(_at + 1 < _pattern.Length ? _pattern[_at + 1] : ' ')} is no group of ECMA-262");
    }

    /// <summary><c>{2,5}</c>; other braces are themselves.</summary>
    private void Count()
    {
        var end = _pattern.IndexOf('}', _at);
        var body = end < 0 ? [] : _pattern[_at..end].Split(',');
        if (body.Length is not (1 or 2) || body[0].Length == 0 || body.Any(static part => !part.All(char.IsAsciiDigit)))
        {
            Atom(@"\{");
            return;
        }
        if (!int.TryParse(body[^1].Length == 0 ? body[0] : body[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most > 1000)
            throw new FormatException("a count may be 1000 at most");
        _size.Repeat(most);
        _to.Append('{').Append(_pattern[_at..end]).Append('}');
        _at = end + 1;
    }

    private void Escape() => Atom(Next() switch
    {
        'd' => $"[{Digits}]",
        'D' => Negated(Digits),
        'w' => $"[{WordCharacters}]",
        'W' => Negated(WordCharacters),
        's' => $"[{Spaces}]",
        'S' => Negated(Spaces),
        'b' => @"\b",
        'B' => @"\B",
        var c => Character(c),
    });

    private void Class()
    {
        var negated = Ahead("^");
        if (negated)
            _at++;
        if (Ahead("]"))
            throw new FormatException("an empty class is not supported");
        var set = new StringBuilder();
        while (!Ahead("]"))
        {
            var c = Next("the class does not end with ]");
            if (char.IsSurrogate(c))
                throw new FormatException("characters beyond U+FFFF in a class are not supported");
            set.Append(c switch { '\\' => ClassEscape(), '[' => @"\[", _ => c });
        }
        _at++;
        Atom(negated ? Negated(set.ToString()) : $"[{set}]");
    }

    private string ClassEscape() => Next() switch
    {
        'd' => Digits,
        'D' => NotDigits,
        'w' => WordCharacters,
        'W' => NotWordCharacters,
        's' => Spaces,
        'S' => NotSpaces,
        'b' => @"\b",
        var c => Character(c),
    };

    /// <summary>An escape that means one character or a category, in a class and outside.</summary>
    private string Character(char c)
    {
        switch (c)
        {
            case 't' or 'n' or 'v' or 'f' or 'r':
                return "\\" + c;
            case '0' when _at == _pattern.Length || !char.IsAsciiDigit(_pattern[_at]):
                return @"\u0000";
            case 'x':
                return @"\u00" + Hex(2);
            case 'u' when Ahead("{"):
                var end = _pattern.IndexOf('}', _at);
                var digits = end < 0 ? "" : _pattern[(_at + 1)..end];
                if (digits.Length is 0 or > 4 || !digits.All(char.IsAsciiHexDigit))
                    throw new FormatException(@"after \u{ expected up to four hexadecimal digits and }");
                _at = end + 1;
                return @"\u" + digits.PadLeft(4, '0');
            case 'u':
                return @"\u" + Hex(4);
            case 'p' or 'P':
                return $@"\{c}{{{Category()}}}";
            case >= '1' and <= '9':
                throw new FormatException($@"the back-reference \{c} cannot be matched in linear time");
            default:
                return char.IsAsciiLetterOrDigit(c) ? throw new FormatException($@"\{c} is no escape of ECMA-262") : c == '_' ? "_" : "\\" + c;
        }
    }

    private string Category()
    {
        var end = Ahead("{") ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            throw new FormatException(@"after \p expected a category in braces");
        var name = _pattern[(_at + 1)..end];
        _at = end + 1;
        name = name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return Categories.GetValueOrDefault(name, name);
    }

    private string Hex(int count)
    {
        if (_at + count > _pattern.Length || !_pattern[_at..(_at + count)].All(char.IsAsciiHexDigit))
            throw new FormatException($"expected {count} hexadecimal digits");
        _at += count;
        return _pattern[(_at - count).._at];
    }

    private static string Negated(string set) => $@"(?:{Astral}|[^{set}\ud800-\udfff])";

    private void Atom(string translated)
    {
        _to.Append(translated);
        _size.Atom();
    }

    private bool Ahead(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private char Next(string otherwise = "it ends with a backslash") => _at < _pattern.Length ? _pattern[_at++] : throw new FormatException(otherwise);
}
