namespace GitIntent.Arv.GitHub;

/// <summary>The full name of a commit: SHA-1 or SHA-256 in lower-case hexadecimal digits.</summary>
internal static class CommitId
{
    /// <returns>Null where it is none; only zeros mean that there is no commit.</returns>
    public static string? Of(string? text) =>
        text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower) && text.AsSpan().ContainsAnyExcept('0') ? text : null;

    public static string Short(string id) => id[..10];
}
