namespace GitIntent.Arv.Kinds.Artifact;

internal static class Sha256Text
{
    private const string Prefix = "sha256:";
    private const int Digits = 64;

    /// <returns>The digits in lower case; null where it is no SHA-256.</returns>
    public static string? Parse(string text)
    {
        var digits = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigit) ? digits.ToLowerInvariant() : null;
    }
}
