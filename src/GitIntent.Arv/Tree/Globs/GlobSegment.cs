namespace GitIntent.Arv.Tree.Globs;

internal enum GlobSegmentKind : byte
{
    /// <summary>Just this name.</summary>
    Literal,

    /// <summary><c>*</c>: any name.</summary>
    AnyName,

    /// <summary><c>*.ts</c></summary>
    Suffix,

    /// <summary><c>test*</c></summary>
    Prefix,

    /// <summary>Anything else.</summary>
    General,

    /// <summary><c>**</c>: any number of folders, or at the end everything below.</summary>
    AnyFolders,
}

/// <summary>The pattern of one name between slashes.</summary>
internal sealed class GlobSegment
{
    private readonly GlobToken[] _tokens;

    private GlobSegment(GlobToken[] tokens, GlobSegmentKind kind, string text)
    {
        _tokens = tokens;
        Kind = kind;
        Text = text;
    }

    public GlobSegmentKind Kind { get; }

    /// <summary>The literal characters, in order.</summary>
    public string Text { get; }

    public static GlobSegment Of(List<GlobToken> tokens, bool anyFolders)
    {
        var text = string.Concat(tokens.Where(t => t.Kind == GlobTokenKind.Literal).Select(t => t.Literal));
        var runs = tokens.Count(t => t.Kind == GlobTokenKind.AnyRun);
        var plain = text.Length + runs == tokens.Count;
        var kind = (plain, runs) switch
        {
            _ when anyFolders => GlobSegmentKind.AnyFolders,
            (true, 0) => GlobSegmentKind.Literal,
            (true, 1) when text.Length == 0 => GlobSegmentKind.AnyName,
            (true, 1) when tokens[0].Kind == GlobTokenKind.AnyRun => GlobSegmentKind.Suffix,
            (true, 1) when tokens[^1].Kind == GlobTokenKind.AnyRun => GlobSegmentKind.Prefix,
            _ => GlobSegmentKind.General,
        };
        return new GlobSegment([.. tokens], kind, text);
    }

    /// <summary>Whether it fixes how a name ends by more than a dot: <c>*.ts</c>, <c>a.bin</c>; not <c>*</c>, <c>*.*</c>, <c>test*</c>.</summary>
    public bool NamesEnding
    {
        get
        {
            for (var i = _tokens.Length - 1; i >= 0 && _tokens[i].Kind != GlobTokenKind.AnyRun; i--)
            {
                if (_tokens[i].Kind == GlobTokenKind.Class || (_tokens[i].Kind == GlobTokenKind.Literal && _tokens[i].Literal != '.'))
                    return true;
            }
            return false;
        }
    }

    public bool Matches(ReadOnlySpan<char> name) => Kind switch
    {
        GlobSegmentKind.Literal => name.SequenceEqual(Text),
        GlobSegmentKind.Suffix => name.EndsWith(Text),
        GlobSegmentKind.Prefix => name.StartsWith(Text),
        GlobSegmentKind.AnyName or GlobSegmentKind.AnyFolders => true,
        _ => MatchesTokens(name),
    };

    /// <summary>Only the last <c>*</c> is ever tried again: what an earlier one could give, it can too. So at most name × pattern steps.</summary>
    private bool MatchesTokens(ReadOnlySpan<char> name)
    {
        int at = 0, token = 0, run = -1, runAt = 0;
        while (at < name.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind == GlobTokenKind.AnyRun)
            {
                run = token++;
                runAt = at;
            }
            else if (token < _tokens.Length && _tokens[token].Take(name, at) is > 0 and var width)
            {
                token++;
                at += width;
            }
            else if (run >= 0)
            {
                token = run + 1;
                at = ++runAt;
            }
            else
            {
                return false;
            }
        }
        while (token < _tokens.Length && _tokens[token].Kind == GlobTokenKind.AnyRun)
            token++;
        return token == _tokens.Length;
    }
}
