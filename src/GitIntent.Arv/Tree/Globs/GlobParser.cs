using System.Text;

namespace GitIntent.Arv.Tree.Globs;

/// <summary>
/// Reads one gitignore pattern, as <c>parse_path_pattern</c> of git's dir.c and git's wildmatch.c do:
/// what they would never match has an <see cref="GlobPattern.Error"/> here.
/// </summary>
internal sealed class GlobParser
{
    private readonly string _text;
    private readonly List<GlobSegment> _segments = [];
    private readonly List<GlobToken> _tokens = [];
    private int _at;
    private int _end;
    private int _stars;
    private string? _error;
    private string? _doubt;

    private GlobParser(string text) => _text = text;

    /// <param name="text">A pattern, without white space that does not count (<see cref="TrimEnd"/>).</param>
    public static GlobPattern Parse(string text) => new GlobParser(text).Parse();

    /// <summary>Without the spaces at the end that no backslash keeps; only spaces, as in git's <c>trim_trailing_spaces</c>.</summary>
    public static string TrimEnd(string line)
    {
        var spaces = -1;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == ' ')
            {
                if (spaces < 0)
                    spaces = i;
                continue;
            }
            if (line[i] == '\\' && ++i == line.Length)
                return line;
            spaces = -1;
        }
        return spaces < 0 ? line : line[..spaces];
    }

    private GlobPattern Parse()
    {
        _end = _text.Length;
        var negated = _text.StartsWith('!');
        if (negated)
            _at++;
        var folderOnly = _end > _at && _text[_end - 1] == '/';
        if (folderOnly)
            _end--;
        var anchored = _text.AsSpan(_at, _end - _at).Contains('/');
        if (_at < _end && _text[_at] == '/')
            _at++;
        if (_at == _end)
            _error = "it is empty";

        while (_at < _end && _error is null)
            ReadToken();
        EndSegment(anchored);
        return new GlobPattern(negated, folderOnly, anchored, [.. _segments], _error) { Doubt = _doubt };

        void ReadToken()
        {
            var c = _text[_at++];
            switch (c)
            {
                case '/':
                    EndSegment(anchored);
                    break;
                case '*':
                    if (++_stars == 1 || _tokens[^1].Kind != GlobTokenKind.AnyRun)
                        _tokens.Add(new GlobToken(GlobTokenKind.AnyRun));
                    break;
                case '?':
                    _tokens.Add(new GlobToken(GlobTokenKind.AnyOne));
                    break;
                case '[':
                    ReadClass();
                    break;
                case '\\' when _at == _end:
                    _error = "a backslash at the end escapes nothing";
                    break;
                case '\\' when _text[_at] == '/':
                    break;
                case '\\':
                    _tokens.Add(new GlobToken(GlobTokenKind.Literal, _text[_at++]));
                    break;
                default:
                    _tokens.Add(new GlobToken(GlobTokenKind.Literal, c));
                    break;
            }
        }
    }

    private void EndSegment(bool anchored)
    {
        var anyFolders = anchored && _stars > 1 && _tokens.Count == 1;
        _segments.Add(GlobSegment.Of(_tokens, anyFolders));
        _tokens.Clear();
        _stars = 0;
    }

    private void ReadClass()
    {
        var open = _at;
        var ranges = new List<(int, int)>();
        var negated = _at < _end && _text[_at] is '!' or '^';
        if (negated)
            _at++;

        int previous = 0;
        for (var first = true; ; first = false)
        {
            if (_at >= _end)
            {
                _error = $"the '[' at character {open} is never closed";
                return;
            }
            if (_text[_at] == ']' && !first)
                break;
            previous = ReadMember(ranges, previous);
            if (_error is not null)
                return;
        }
        _at++;
        _tokens.Add(new GlobToken(GlobTokenKind.Class, Class: new GlobClass(ranges, negated)));
    }

    /// <summary>Reads a character, a range's end or a named class, and returns what a range may start with (0: nothing).</summary>
    private int ReadMember(List<(int Low, int High)> ranges, int previous)
    {
        if (_text[_at] == '-' && previous != 0 && _at + 1 < _end && _text[_at + 1] != ']')
        {
            _at++;
            var high = ReadCharacter();
            if (high < previous)
                _doubt = $"the range '{Show(previous)}-{Show(high)}' runs backwards";
            ranges.Add((previous, high));
            return 0;
        }
        if (_text[_at] == '[' && _at + 1 < _end && _text[_at + 1] == ':')
        {
            var close = _text.IndexOf(']', _at + 2, _end - _at - 2);
            if (close > _at + 2 && _text[close - 1] == ':')
            {
                var name = _text[(_at + 2)..(close - 1)];
                _at = close + 1;
                if (GlobClasses.Named(name) is { } named)
                    ranges.AddRange(named);
                else
                    _error = $"there is no class [:{name}:]; there are {GlobClasses.Names}";
                return 0;
            }
        }
        var member = ReadCharacter();
        ranges.Add((member, member));
        return member;
    }

    private static string Show(int codePoint) => Rune.TryCreate(codePoint, out var rune) ? rune.ToString() : "\uFFFD";

    private int ReadCharacter()
    {
        if (_text[_at] == '\\' && ++_at >= _end)
            return 0;
        Rune.DecodeFromUtf16(_text.AsSpan(_at, _end - _at), out var rune, out var width);
        var lone = width == 1 ? _text[_at] : rune.Value;
        _at += width;
        return lone;
    }
}
