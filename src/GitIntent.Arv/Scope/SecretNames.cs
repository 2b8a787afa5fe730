namespace GitIntent.Arv.Scope;

/// <summary>Which variables hold a secret, by their names: <c>NPM_TOKEN</c>, <c>AWS_SECRET_ACCESS_KEY</c>, <c>PGPASSWORD</c>. A command may have been meant to see them; no report is.</summary>
internal static class SecretNames
{
    /// <summary>Shorter values stand everywhere.</summary>
    private const int ShortestValue = 8;

    private static readonly string[] Endings = ["token", "secret", "password", "passwd", "passphrase", "apikey", "accesskey", "privatekey", "credentials", "cookie"];

    /// <summary>As a word of its own at the end: <c>MONKEY</c> is no key.</summary>
    private static readonly string[] Words = ["key", "pass", "pat", "pwd"];

    public static bool Has(string name, string value) => IsSecret(name) && IsTelling(value);

    private static bool IsSecret(string name)
    {
        var last = name.LastIndexOfAny(['_', '-', '.', ' ']);
        return Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || (last >= 0 && Words.Any(word => name.AsSpan(last + 1).Equals(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A plain word or number (<c>postgres</c>, the password of a thousand test databases) would mask what is no secret all over a report.</summary>
    private static bool IsTelling(string value) => value.Length >= ShortestValue && !value.All(char.IsAsciiLetterLower) && !value.All(char.IsAsciiDigit);
}
