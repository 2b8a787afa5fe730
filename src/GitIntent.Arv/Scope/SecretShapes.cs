using System.Buffers;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Scope;

/// <summary>
/// The shapes of well-known tokens, in their published forms. The text is untrusted and may be long, so all of it is read in linear time: an engine that does not
/// backtrack, and in one expression nothing that can begin in many places, go on for long and not match, while others do match inside of it.
/// </summary>
internal static class SecretShapes
{
    // GitHub, GitLab, npm, PyPI, Docker, Hugging Face, Slack, AWS, Google, Stripe, OpenAI and Anthropic, SendGrid, DigitalOcean, NuGet, age.
    private static readonly Lazy<Regex> Tokens = new(static () => Of(
        """
        gh[opsur]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|gl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,}
        |pypi-AgE[A-Za-z0-9_-]{20,}|dckr_pat_[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}
        |xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/[A-Za-z0-9/_-]{20,}
        |(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,}
        |[rs]k_live_[A-Za-z0-9]{16,}|\bsk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{16,}|\bsk-[A-Za-z0-9]{32,}
        |SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|do[opr]_v1_[a-f0-9]{64}|\boy2[a-z0-9]{43}|AGE-SECRET-KEY-1[A-Z0-9]{50,}
        """));

    private static readonly Lazy<Regex> JsonWebToken = new(static () => Of("""eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"""));

    // Here the name stays and only the value goes: headers, addresses with a password or a token before the "@", tokens in queries, Azure's connection strings.
    private static readonly Lazy<Regex> Labelled = new(static () => Of(
        """
        (?<keep>(?i:authorization)\s*:\s*(?i:bearer|basic|token)\s+)[^\s"']+
        |(?<keep>[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@]*:)[^\s/@]+(?<end>@)
        |(?<keep>[A-Za-z][A-Za-z0-9+.-]{1,20}://)[^\s/:@]{20,}(?<end>@)
        |(?<keep>[?&](?i:access_token|private_token|api_key|sig|x-amz-signature|x-amz-security-token)=)[^\s&"'#]{6,}
        |(?<keep>(?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/=]{20,}
        """));

    // From "BEGIN" to "END", or to the end of a text that was cut. A backslash: line ends spelled \n, as JSON has them.
    private static readonly Lazy<Regex> PrivateKey = new(static () => Of(
        """-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=:,.\\\s-]*"""));

    /// <summary>One of these is in every text that a pattern above matches.</summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(
    [
        "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-", "npm_", "pypi-", "dckr_pat_", "hf_",
        "xox", "xapp-", "hooks.slack", "AKIA", "ASIA", "AIza", "GOCSPX-", "ya29.", "k_live_", "sk-", "SG.", "_v1_", "oy2", "AGE-SECRET", "eyJ",
        "-----BEGIN", "authorization", "://", "_token=", "api_key=", "sig=", "x-amz-", "AccountKey=", "SharedAccessKey=",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>What the tokens above are made of.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");

    private static readonly SearchValues<char> KeyWords = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");

    /// <summary>A Slack token: xoxb- and ten.</summary>
    private const int ShortestToken = 15;

    private static readonly SearchValues<string> Labels = SearchValues.Create(
        ["authorization", "_token=", "api_key=", "sig=", "x-amz-", "AccountKey=", "SharedAccessKey="], StringComparison.OrdinalIgnoreCase);

    public static string Mask(string text, string mask)
    {
        // Most texts have none of this, and to make ready the patterns takes longer than most commands: 30 ms and 7 MB, so each has a condition of its own.
        if (!text.AsSpan().ContainsAny(Hints))
            return text;
        if (HasKey(text))
            text = PrivateKey.Value.Replace(text, mask);
        if (HasToken(text))
        {
            text = JsonWebToken.Value.Replace(text, mask);
            text = Tokens.Value.Replace(text, mask);
        }
        return !HasLabel(text) ? text : Labelled.Value.Replace(text, match => match.Groups["keep"].Value + mask + match.Groups["end"].Value);
    }

    /// <summary>Whether there is a key's first line; what a rule about them says is mostly none.</summary>
    private static bool HasKey(ReadOnlySpan<char> text)
    {
        const string begin = "-----BEGIN ";
        while (text.IndexOf(begin, StringComparison.Ordinal) is >= 0 and var at)
        {
            text = text[(at + begin.Length)..];
            var end = text.IndexOfAnyExcept(KeyWords);
            if (text[..(end < 0 ? text.Length : end)].Contains("PRIVATE KEY", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>Whether so many characters of tokens stand in a row as the shortest of them has: rules about tokens speak of their beginnings, and hold none.</summary>
    private static bool HasToken(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(TokenCharacters) is >= 0 and var start)
        {
            text = text[start..];
            var length = text.IndexOfAnyExcept(TokenCharacters);
            if ((length < 0 ? text.Length : length) >= ShortestToken)
                return true;
            if (length < 0)
                return false;
            text = text[length..];
        }
        return false;
    }

    /// <summary>An address has a secret only before an "@".</summary>
    private static bool HasLabel(string text) =>
        (text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal)) || text.AsSpan().ContainsAny(Labels);

    private static Regex Of(string pattern) => new(
        pattern.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
