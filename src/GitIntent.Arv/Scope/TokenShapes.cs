using System.Buffers;
using System.Text;

namespace GitIntent.Arv.Scope;

/// <summary>
/// The shapes of tokens that are a known beginning and so many characters of a kind: GitHub, GitLab, npm, PyPI, Docker, Hugging Face, Slack, AWS,
/// Google, Stripe, OpenAI and Anthropic, SendGrid, DigitalOcean, NuGet, age, in their published forms. A table and not one expression, which takes 25 ms
/// and 7 MB to make ready. Linear: where a beginning has too few of its characters behind it, no more than these are looked at.
/// </summary>
internal static class TokenShapes
{
    private const string AlphaNumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> Plain = SearchValues.Create(AlphaNumeric);
    private static readonly SearchValues<char> Dashed = SearchValues.Create(AlphaNumeric + "_-");
    private static readonly SearchValues<char> Scored = SearchValues.Create(AlphaNumeric + "_");
    private static readonly SearchValues<char> Hyphened = SearchValues.Create(AlphaNumeric + "-");
    private static readonly SearchValues<char> Sloped = SearchValues.Create(AlphaNumeric + "/_-");
    private static readonly SearchValues<char> Upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Lower = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Hex = SearchValues.Create("abcdef0123456789");
    private static readonly SearchValues<char> Dot = SearchValues.Create(".");

    private static readonly Shape[] Shapes =
    [
        .. Each(["gho_", "ghp_", "ghs_", "ghu_", "ghr_", "npm_", "hf_"], new Run(Plain, 30)),
        .. Each(["github_pat_"], new Run(Scored, 30)),
        .. Each(["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "pypi-AgE", "dckr_pat_", "GOCSPX-", "ya29."], new Run(Dashed, 20)),
        .. Each(["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"], new Run(Hyphened, 10)),
        .. Each([.. Enumerable.Range(0, 10).Select(static digit => $"xapp-{digit}-")], new Run(Hyphened, 10)),
        .. Each(["hooks.slack.com/services/"], new Run(Sloped, 20)),
        .. Each(["AKIA", "ASIA"], new Run(Upper, 16, 16)),
        .. Each(["AIza"], new Run(Dashed, 35, 35)),
        .. Each(["rk_live_", "sk_live_"], new Run(Plain, 16)),
        .. Each(["sk-ant-", "sk-proj-", "sk-svcacct-"], new Run(Dashed, 16)).Select(static s => s with { StartsWord = true }),
        .. Each(["sk-"], new Run(Plain, 32)).Select(static s => s with { StartsWord = true }),
        .. Each(["SG."], new Run(Dashed, 22, 22), new Run(Dot, 1, 1), new Run(Dashed, 43, 43)),
        .. Each(["doo_v1_", "dop_v1_", "dor_v1_"], new Run(Hex, 64, 64)),
        .. Each(["oy2"], new Run(Lower, 43, 43)).Select(static s => s with { StartsWord = true }),
        .. Each(["AGE-SECRET-KEY-1"], new Run(Upper, 50)),
    ];

    private static readonly SearchValues<string> AnyBeginning = SearchValues.Create([.. Beginnings], StringComparison.Ordinal);

    /// <summary>One of these is in every text that holds such a token.</summary>
    public static IEnumerable<string> Beginnings => Shapes.Select(static shape => shape.Beginning);

    public static string Mask(string text, string mask)
    {
        StringBuilder? masked = null;
        var (at, kept) = (0, 0);
        while (text.AsSpan(at).IndexOfAny(AnyBeginning) is >= 0 and var next)
        {
            at += next;
            var length = LengthAt(text, at);
            if (length > 0)
            {
                (masked ??= new StringBuilder()).Append(text, kept, at - kept).Append(mask);
                kept = at + length;
            }
            at += Math.Max(length, 1);
        }
        return masked is null ? text : masked.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>Of the token that starts here; 0 where none does.</summary>
    private static int LengthAt(string text, int at)
    {
        var isInWord = at > 0 && Scored.Contains(text[at - 1]);
        foreach (var shape in Shapes)
        {
            if (!(shape.StartsWord && isInWord) && shape.LengthOf(text.AsSpan(at)) is > 0 and var length)
                return length;
        }
        return 0;
    }

    private static IEnumerable<Shape> Each(string[] beginnings, params Run[] runs) => beginnings.Select(beginning => new Shape(beginning, runs));

    /// <param name="StartsWord">Whether no letter, digit or <c>_</c> may stand before it.</param>
    private sealed record Shape(string Beginning, Run[] Runs, bool StartsWord = false)
    {
        public int LengthOf(ReadOnlySpan<char> text)
        {
            if (!text.StartsWith(Beginning, StringComparison.Ordinal))
                return 0;
            var end = Beginning.Length;
            foreach (var run in Runs)
            {
                var rest = text[end..];
                var length = rest.IndexOfAnyExcept(run.Of) is >= 0 and var other ? other : rest.Length;
                if (length < run.Least)
                    return 0;
                end += Math.Min(length, run.Most);
            }
            return end;
        }
    }

    /// <summary>So many characters in a row.</summary>
    private sealed record Run(SearchValues<char> Of, int Least, int Most = int.MaxValue);
}
