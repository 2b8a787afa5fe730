namespace GitIntent.Arv.Patterns.Dialect;

internal sealed partial class PatternParser
{
    private PatternNode ReadRepeat(PatternNode item)
    {
        var start = _at;
        if (!TryReadQuantifier(out var min, out var max))
            return item;
        var lazy = false;
        if (!AtEnd && Current == '?')
        {
            lazy = true;
            _at++;
        }
        RefuseSecond();
        // An assertion, once or often, is the same assertion; an optional one asserts nothing.
        if (item is AssertionNode or EmptyNode)
            return min > 0 ? item : new EmptyNode(item.Index);
        var repeat = new RepeatNode(item.Index, item, min, max, lazy != Has(Flags.Ungreedy));
        if (repeat.Repetition > MaxCount)
            throw new PatternException(start, $"counts within counts multiply to {repeat.Repetition}; allowed are {MaxCount}");
        return repeat;
    }

    private void RefuseSecond()
    {
        if (AtEnd)
            return;
        if (Current == '+')
            throw new PatternException(_at, "possessive quantifiers are not offered; the engine never backtracks, so drop the \"+\"");
        if (Current is '*' or '?' || (Current == '{' && TryReadCount(out _, out _)))
            throw new PatternException(_at, "a quantifier cannot repeat a quantifier; put what it repeats in a group (?:…)");
    }

    private bool TryReadQuantifier(out int min, out int max)
    {
        (min, max) = (0, -1);
        if (AtEnd)
            return false;
        switch (Current)
        {
            case '*':
                break;
            case '+':
                min = 1;
                break;
            case '?':
                max = 1;
                break;
            case '{':
                return ReadCount(out min, out max);
            default:
                return false;
        }
        _at++;
        return true;
    }

    private bool ReadCount(out int min, out int max)
    {
        var start = _at;
        if (!TryReadCount(out min, out max))
            return false; // as in RE2, a brace that starts no count is a character
        _at = _text.IndexOf('}', _at) + 1;
        if (min > MaxCount || max > MaxCount)
            throw new PatternException(start, $"counts go up to {MaxCount}");
        if (max >= 0 && max < min)
            throw new PatternException(start, $"the count ends before it starts: {min} is more than {max}");
        return true;
    }

    /// <summary>Whether <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c> stands here; moves nothing. A number too large to hold counts as one too many.</summary>
    private bool TryReadCount(out int min, out int max)
    {
        (min, max) = (0, -1);
        var at = _at + 1;
        if (!Number(ref at, out min))
            return false;
        if (at < _text.Length && _text[at] == '}')
        {
            max = min;
            return true;
        }
        if (at >= _text.Length || _text[at] != ',')
            return false;
        at++;
        if (Number(ref at, out var upper))
            max = upper;
        return at < _text.Length && _text[at] == '}';
    }

    private bool Number(ref int at, out int value)
    {
        var start = at;
        value = 0;
        for (; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
            value = Math.Min(value * 10 + (_text[at] - '0'), MaxCount + 1);
        return at > start;
    }
}
