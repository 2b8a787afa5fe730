namespace GitIntent.Arv.Patterns.Dialect;

internal sealed partial class PatternParser
{
    /// <summary>A group, or null for flags that hold to the end of the group around them.</summary>
    private PatternNode? ReadGroup()
    {
        var start = _at;
        var outer = _flags;
        _at++;
        if (!AtEnd && Current == '?')
        {
            _at++;
            if (ReadGroupHead(start))
                return null;
        }
        if (++_depth > MaxDepth)
            throw new PatternException(start, $"groups are nested more than {MaxDepth} deep");
        var node = ReadChoice();
        _depth--;
        if (AtEnd)
            throw new PatternException(start, "the group is not closed; write \\( for the character");
        _at++;
        _flags = outer;
        return node with { Index = start };
    }

    /// <summary>What follows <c>(?</c>; true when it was flags alone.</summary>
    private bool ReadGroupHead(int start)
    {
        var rest = _text.AsSpan(_at);
        if (rest.StartsWith("P<", StringComparison.Ordinal))
        {
            _at += 2;
            ReadName(start);
            return false;
        }
        if (Refusal(rest) is { } refusal)
            throw new PatternException(start, refusal);
        if (rest.StartsWith("<", StringComparison.Ordinal))
        {
            _at++;
            ReadName(start);
            return false;
        }
        return ReadFlags(start);
    }

    private static string? Refusal(ReadOnlySpan<char> rest) => rest switch
    {
        ['=' or '!', ..] or ['<', '=' or '!', ..] => "look-around is not offered: it cannot be matched in linear time; say it with a second rule, or with where",
        ['>', ..] => "atomic groups are not offered; the engine never backtracks, so write (?:…)",
        ['(', ..] => "conditionals are not offered; write the alternatives out",
        ['P', '=', ..] => "back-references are not offered: they cannot be matched in linear time",
        ['P', '>', ..] or ['R' or '&' or '+', ..] or [>= '0' and <= '9', ..] => "recursion is not offered: it cannot be matched in linear time",
        ['|', ..] => "branch reset is not offered; write (?:…)",
        ['#', ..] => "comments are not offered in a pattern; write a YAML comment beside it",
        ['\'', ..] => "a named group is written (?<name>…) or (?P<name>…)",
        _ => null,
    };

    private void ReadName(int start)
    {
        var end = _text.IndexOf('>', _at);
        var name = end < 0 ? "" : _text[_at..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new PatternException(start, "the group's name is bad; a named group is written (?<name>…), the name of letters, digits and _");
        if (!_names.Add(name))
            throw new PatternException(start, $"two groups are called {name}; names are unique");
        _at = end + 1;
    }

    private bool ReadFlags(int start)
    {
        var (on, off, negative, any) = (Flags.None, Flags.None, false, false);
        for (; !AtEnd; _at++)
        {
            var c = Current;
            if (c is ':' or ')' && (any || (c == ':' && !negative)))
            {
                _at++;
                _flags = (_flags | on) & ~off;
                return c == ')';
            }
            if (c == '-' && !negative)
            {
                (negative, any) = (true, false);
                continue;
            }
            var flag = FlagOf(c);
            if (flag == Flags.None)
                break;
            any = true;
            if (negative)
                off |= flag;
            else
                on |= flag;
        }
        throw new PatternException(start, "this group is not offered; groups are (…), (?:…), (?<name>…), (?P<name>…), and flags i, m, s, U as (?i), (?i:…), (?-i)");
    }

    private static Flags FlagOf(char c) => c switch
    {
        'i' => Flags.IgnoreCase,
        'm' => Flags.MultiLine,
        's' => Flags.DotMatchesAll,
        'U' => Flags.Ungreedy,
        _ => Flags.None,
    };
}
