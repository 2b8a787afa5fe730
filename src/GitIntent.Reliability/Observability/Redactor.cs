using System.Text.RegularExpressions;

namespace GitIntent.Reliability;

/// <summary>Takes secrets out of text that leaves the process: log lines, audit events, error messages.</summary>
public static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mark = "[redacted]";

    private static readonly string[] s_secretNames =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "signingkey",
        "authorization", "credential", "connectionstring", "cookie", "session", "bearer",
    ];

    // NonBacktracking: the text is untrusted, and must be read in linear time.
    private static readonly Lazy<(Regex Pattern, string Replacement)[]> s_patterns = new(() =>
    [
        (New(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"), Mark),
        (New(@"(://[^\s/:@]*):[^\s/@]+@"), "$1:" + Mark + "@"),
        (New(@"\b(bearer|basic)\s+[a-z0-9._~+/=\-]{8,}"), "$1 " + Mark),
        (New(@"\bgh[pousr]_[a-z0-9]{20,}|\bgithub_pat_[a-z0-9_]{20,}|\bglpat-[a-z0-9_\-]{16,}|\bsk-[a-z0-9_\-]{16,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[a-z0-9\-]{10,}|\bAIza[a-z0-9_\-]{35}"), Mark),
        (New(@"\beyJ[a-z0-9_\-]{5,}\.[a-z0-9_\-]{5,}\.[a-z0-9_\-]*"), Mark),
        (New("""\b([a-z0-9_\-]*(?:password|passwd|pwd|passphrase|secret|token|api[_\-]?key|access[_\-]?key|private[_\-]?key))("?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s;,&"'\[][^\s;,&"']*)"""), "$1$2" + Mark),
    ]);

    /// <summary>The text without what looks like a secret: user info of URLs, bearer tokens, well-known token shapes, private keys, <c>password=…</c>.</summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        foreach (var (pattern, replacement) in s_patterns.Value)
            text = pattern.Replace(text, replacement);
        return text;
    }

    /// <summary>Whether a value of this name is a secret whatever it looks like: <c>apiKey</c>, <c>DB_PASSWORD</c>, <c>Authorization</c>, …</summary>
    /// <param name="name">The name of a field, header or variable.</param>
    public static bool IsSecretName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return false;
        Span<char> letters = stackalloc char[Math.Min(name.Length, 128)];
        var count = 0;
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) && count < letters.Length)
                letters[count++] = char.ToLowerInvariant(c);
        }

        foreach (var secret in s_secretNames)
        {
            if (letters[..count].EndsWith(secret, StringComparison.Ordinal) || letters[..count].StartsWith("password", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static Regex New(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
