using System.Collections.Immutable;
using System.Text;

namespace GitIntent.Arv.Documents;

/// <summary>
/// Reads JSON by RFC 8259. Numbers keep their literal, so that no digit is lost; every value and key keeps its place, which
/// System.Text.Json does not give.
/// </summary>
/// <param name="comments">Also comments and commas before a closing bracket, as in <c>tsconfig.json</c>.</param>
internal sealed class JsonReader(string source, DocumentText document, DocumentLimits limits, bool comments)
{
    private readonly string _text = document.Text;
    private readonly NodeBudget _budget = new(source, limits);
    private int _at;

    public DocNode Read()
    {
        SkipSpace();
        var value = ReadValue();
        SkipSpace();
        return _at == _text.Length ? value : throw Fault("expected the end of the document");
    }

    private DocNode ReadValue()
    {
        var start = Here();
        _budget.Count(start);
        switch (Peek())
        {
            case '{':
                return ReadMap(start);
            case '[':
                return ReadList(start);
            case '"':
                var text = ReadString();
                return new DocScalar(source, start, Here(), text, ScalarType.Text);
            case '-' or (>= '0' and <= '9'):
                var number = ReadNumber();
                return new DocScalar(source, start, Here(), number, ScalarType.Number);
            default:
                return ReadWord(start);
        }
    }

    private DocMap ReadMap(Mark start)
    {
        _budget.Enter(start);
        var entries = new MapBuilder(source);
        _at++;
        for (var first = true; !Closes('}', first, "a key in double quotes or }"); first = false)
        {
            var keyStart = Here();
            if (Peek() != '"')
                throw Fault("expected a key in double quotes");
            var key = ReadString();
            var keyEnd = Here();
            SkipSpace();
            if (Peek() != ':')
                throw Fault("expected a colon after the key");
            _at++;
            SkipSpace();
            entries.Add(new DocEntry(key, source, keyStart, keyEnd, ReadValue()));
        }
        _budget.Leave();
        return new DocMap(source, start, Here(), entries.ToImmutable());
    }

    private DocList ReadList(Mark start)
    {
        _budget.Enter(start);
        var items = ImmutableArray.CreateBuilder<DocNode>();
        _at++;
        for (var first = true; !Closes(']', first, "a value or ]"); first = false)
            items.Add(ReadValue());
        _budget.Leave();
        return new DocList(source, start, Here(), items.ToImmutable());
    }

    /// <summary>Steps over the closing bracket, or to the next item.</summary>
    private bool Closes(char bracket, bool first, string expected)
    {
        SkipSpace();
        if (Peek() == bracket)
        {
            _at++;
            return true;
        }
        if (first)
            return _at == _text.Length ? throw Fault($"expected {expected}") : false;
        if (Peek() != ',')
            throw Fault($"expected a comma or {bracket}");
        _at++;
        SkipSpace();
        if (Peek() != bracket)
            return false;
        if (!comments)
            throw Fault($"expected another item after the comma");
        _at++;
        return true;
    }

    private DocScalar ReadWord(Mark start)
    {
        foreach (var (word, type) in (ReadOnlySpan<(string, ScalarType)>)[("true", ScalarType.Boolean), ("false", ScalarType.Boolean), ("null", ScalarType.Null)])
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return new DocScalar(source, start, Here(), word, type);
            }
        }
        throw Fault("expected a value");
    }

    private string ReadNumber()
    {
        var start = _at;
        if (Peek() == '-')
            _at++;
        if (Peek() == '0')
            _at++;
        else
            Digits();
        if (Peek() == '.')
        {
            _at++;
            Digits();
        }
        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            Digits();
        }
        return Peek() is >= '0' and <= '9' ? throw Fault("a number does not start with 0") : _text[start.._at];
    }

    private void Digits()
    {
        if (Peek() is not (>= '0' and <= '9'))
            throw Fault("expected a digit");
        while (Peek() is >= '0' and <= '9')
            _at++;
    }

    private string ReadString()
    {
        var open = _at++;
        StringBuilder? built = null;
        while (true)
        {
            var length = _text.AsSpan(_at).IndexOfAny(Stops);
            if (length < 0)
            {
                _at = open;
                throw Fault("expected the text to end with a double quote");
            }
            var run = _text.AsSpan(_at, length);
            _at += length;
            if (_text[_at] == '"')
            {
                _at++;
                return built is null ? run.ToString() : built.Append(run).ToString();
            }
            if (_text[_at] != '\\')
                throw Fault("a control character in a text must be escaped");
            (built ??= new StringBuilder()).Append(run).Append(ReadEscape());
        }
    }

    private static readonly System.Buffers.SearchValues<char> Stops =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (char)i), '"', '\\']);

    private char ReadEscape()
    {
        _at++;
        var c = Peek();
        if (c == 'u')
        {
            if (_at + 5 > _text.Length || !_text.AsSpan(_at + 1, 4).ToString().All(char.IsAsciiHexDigit))
                throw Fault("expected four hexadecimal digits after \\u");
            _at += 5;
            return (char)Convert.ToUInt16(_text[(_at - 4).._at], 16);
        }
        var index = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (index < 0 || _at == _text.Length)
            throw Fault("expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
        _at++;
        return "\"\\/\b\f\n\r\t"[index];
    }

    private void SkipSpace()
    {
        while (true)
        {
            while (Peek() is ' ' or '\t' or '\n' or '\r' && _at < _text.Length)
                _at++;
            if (Peek() != '/' || !comments)
                return;
            SkipComment();
        }
    }

    private void SkipComment()
    {
        var line = _text.AsSpan(_at).StartsWith("//", StringComparison.Ordinal);
        if (!line && !_text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
            throw Fault("expected // or /*");
        var end = _text.IndexOf(line ? "\n" : "*/", _at + 2, StringComparison.Ordinal);
        if (end < 0 && !line)
            throw Fault("expected the comment to end with */");
        _at = end < 0 ? _text.Length : end + (line ? 1 : 2);
    }

    /// <summary>The next character; NUL at the end, which no caller takes for a character of JSON.</summary>
    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private Mark Here() => document.MarkAt(_at);

    private DocumentException Fault(string message) =>
        new(source, Here(), $"not valid JSON: {message}{(_at == _text.Length ? ", found the end" : "")}");
}
