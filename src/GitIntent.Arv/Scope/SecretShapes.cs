using System.Buffers;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Scope;

/// <summary>
/// The shapes of well-known secrets. The text is untrusted and may be long, so all of it is read in linear time: an engine that does not
/// backtrack, and in one expression nothing that can begin in many places, go on for long and not match, while others do match inside of it.
/// </summary>
internal static class SecretShapes
{
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

    private static string[] LabelWords => ["authorization", "_token=", "api_key=", "sig=", "x-amz-", "AccountKey=", "SharedAccessKey="];

    /// <summary>One of these is in every text that holds a secret of a known shape.</summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(
    [
        .. TokenShapes.Beginnings, "eyJ", "-----BEGIN", "://", .. LabelWords,
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> KeyWords = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");

    private static readonly SearchValues<string> Labels = SearchValues.Create(LabelWords, StringComparison.OrdinalIgnoreCase);

    public static string Mask(string text, string mask)
    {
        // Most texts have none of this, and to make ready a pattern takes milliseconds, so each has a condition of its own.
        if (!text.AsSpan().ContainsAny(Hints))
            return text;
        if (HasKey(text))
            text = PrivateKey.Value.Replace(text, mask);
        // The second of its parts begins like the first.
        if (text.Contains(".eyJ", StringComparison.Ordinal))
            text = JsonWebToken.Value.Replace(text, mask);
        text = TokenShapes.Mask(text, mask);
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

    /// <summary>An address has a secret only before an "@".</summary>
    private static bool HasLabel(string text) =>
        (text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal)) || text.AsSpan().ContainsAny(Labels);

    private static Regex Of(string pattern) => new(
        pattern.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
