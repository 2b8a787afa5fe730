namespace GitIntent.Arv.Patterns.Dialect;

internal sealed partial class PatternParser
{
    private CodePointSet ReadClass()
    {
        var start = _at++;
        var negate = !AtEnd && Current == '^';
        if (negate)
            _at++;
        var ranges = new List<CodePointRange>();
        for (var first = true; ; first = false)
        {
            if (AtEnd)
                throw new PatternException(start, "the class is not closed; write \\[ for the character");
            if (Current == ']' && !first)
                break;
            ReadClassItem(start, ranges);
        }
        _at++;
        var set = CodePointSet.Of([.. ranges]);
        if (Has(Flags.IgnoreCase)) // before the negation: [^k] excludes both cases
            set = set.FoldAscii();
        if (negate)
            set = set.Negate();
        return set.IsEmpty ? throw new PatternException(start, "this class matches no character") : set;
    }

    private void ReadClassItem(int classStart, List<CodePointRange> ranges)
    {
        var start = _at;
        if (ReadNamedClass() is { } named)
        {
            ranges.AddRange(named.Ranges);
            RefuseRangeFrom(start);
            return;
        }
        var first = ReadClassCharacter(classStart);
        var last = first;
        if (IsRange())
        {
            _at++;
            if (ReadNamedClass() is not null)
                throw new PatternException(start, "bad range: it ends in a class; put the \"-\" last, or write \\-");
            last = ReadClassCharacter(classStart);
        }
        if (last < first)
            throw new PatternException(start, "bad range: it ends before it starts; write \\- for the character");
        ranges.Add(new CodePointRange(first, last));
    }

    /// <summary>Whether a "-" stands here that is not the last character of the class.</summary>
    private bool IsRange() => _at + 1 < _text.Length && Current == '-' && _text[_at + 1] != ']';

    private void RefuseRangeFrom(int start)
    {
        if (IsRange())
            throw new PatternException(start, "bad range: it starts with a class; put the \"-\" last, or write \\-");
    }

    /// <summary><c>\d</c> or <c>[:alpha:]</c>, or null when none stands here.</summary>
    private CodePointSet? ReadNamedClass()
    {
        var rest = _text.AsSpan(_at);
        if (rest is ['\\', var letter, ..] && NamedClasses.Perl(letter) is { } perl)
        {
            _at += 2;
            return perl;
        }
        if (!rest.StartsWith("[:", StringComparison.Ordinal))
            return null;
        var end = rest.IndexOf(":]", StringComparison.Ordinal);
        if (end < 2)
            return null; // as in RE2: [ and : are characters
        var name = rest[2..end];
        var negate = name.StartsWith("^", StringComparison.Ordinal);
        if (!NamedClasses.Posix.TryGetValue(name[(negate ? 1 : 0)..].ToString(), out var set))
            throw new PatternException(_at, $"unknown class; allowed are {string.Join(", ", NamedClasses.Posix.Keys.Order(StringComparer.Ordinal).Select(static n => $"[:{n}:]"))}");
        _at += end + 2;
        return negate ? set.Negate() : set;
    }

    private int ReadClassCharacter(int classStart)
    {
        if (AtEnd)
            throw new PatternException(classStart, "the class is not closed; write \\[ for the character");
        return Current == '\\' ? ReadEscapedCharacter() : ReadCodePoint();
    }
}
