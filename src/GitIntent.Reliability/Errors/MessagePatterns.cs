namespace GitIntent.Reliability;

/// <summary>The last resort. Whole words only: "503" inside "order 15037" is not an outage.</summary>
internal static class MessagePatterns
{
    private static readonly (string Words, ErrorCode Code)[] s_patterns =
    [
        ("rate limit", ErrorCode.RateLimited),
        ("rate limited", ErrorCode.RateLimited),
        ("429", ErrorCode.RateLimited),
        ("timeout", ErrorCode.Timeout),
        ("timed out", ErrorCode.Timeout),
        ("ECONNRESET", ErrorCode.NetworkError),
        ("ECONNREFUSED", ErrorCode.NetworkError),
        ("503", ErrorCode.ServiceUnavailable),
    ];

    public static ErrorClassification? Match(Exception exception)
    {
        var message = SafeText.MessageOf(exception);
        foreach (var (words, code) in s_patterns)
        {
            if (ContainsWords(message, words))
                return new(code);
        }

        return null;
    }

    private static bool ContainsWords(ReadOnlySpan<char> text, ReadOnlySpan<char> words)
    {
        for (var from = 0; ;)
        {
            var at = text[from..].IndexOf(words, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;
            at += from;
            var end = at + words.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end])))
                return true;
            from = at + 1;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
