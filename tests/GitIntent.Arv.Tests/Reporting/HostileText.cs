using System.Collections.Immutable;

namespace GitIntent.Arv.Tests.Reporting;

/// <summary>What a pull request could put into a path, a line or a message to make a report do something.</summary>
internal static class HostileText
{
    public static ImmutableArray<string> All { get; } =
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "&lt;b&gt; &#64;everyone <!-- --> --><!--",
        "[click](https://evil.example) ![i](https://evil.example/i.png) [ref] [^1]",
        "https://evil.example www.evil.example WWW.evil.example mailto:a@evil.example a@evil.example <https://evil.example>",
        "@everyone, (@octocat) a|@octocat `@octocat #1 owner/repo#2 GH-3 gh-3",
        "\n# heading\n\n- item\n> quote\n```\ncode",
        "# heading", "| a | b |", "--- | ---", "a \\| b | c \\", "1. item", "- [x] task", "    indented",
        "` `` ``` ```` `a` ``b``", "`", "trailing ` ", " ` leading", "~~~", "**bold** __bold__ *em* _em_ ~~gone~~",
        "$x$ $$x$$ $`x`$ :warning:",
        "::error file=a.ts,line=1::owned", "  ::stop-commands::token", "\u00a0::error::owned", "\r\n::error::owned", "\u2028::error::owned\u2029",
        "##[error]owned", "a ##[add-mask]b", "###[error]", "##\u200b[error]",
        "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link \u009b31m \x7f \0 \b \t \v \f",
        "right\u202eto left\u2066isolate\u2069 \u200e\u200f\u061c", "zero\u200bwidth\ufeff soft\u00adhyphen tag\U000E0041\U000E007F fill\u3164er",
        "family 👩\u200d👩\u200d👧 日本 näyttö", "lone \ud800 and \udc00 surrogates",
    ];

    private static readonly string[] Pieces =
    [
        "`", "``", "```", "\\", "|", "*", "**", "_", "~~", "[", "]", "](", ")", "!", "<", ">", "&", "&#64;", "&lt;", "@a", "#1", "GH-1", "://", "http", "www.x.y",
        "$", "##[", "::", "\n", "\r", "\t", " ", "  ", "\u00a0", "\u2028", "\u202e", "\u200b", "\ud800", "\udc00", "\u001b[", "<!--", "-->", "- ", "1. ", "# ", "> ", "a", "é", "🚀", "\"", "'", "{", "}",
    ];

    /// <summary>All, and pieces in every disorder, the same at each call.</summary>
    public static IEnumerable<string> AllAndMixed() => All.Concat(Mixed(3_000));

    private static IEnumerable<string> Mixed(int count)
    {
#pragma warning disable CA5394 // repeatable, not secret
        var random = new Random(20261125);
        for (var i = 0; i < count; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
#pragma warning restore CA5394
    }
}
