namespace GitIntent.Arv.Scope;

/// <summary>Where the token for GitHub's API comes in. No command of a check sees these variables; the companion that publishes is given the first, and nobody else.</summary>
internal static class GitHubToken
{
    public const string Variable = "ARV_GITHUB_TOKEN";

    /// <summary>What many workflows set already. It counts where the first is not given.</summary>
    public const string Usual = "GITHUB_TOKEN";

    /// <returns>Null where there is none; blanks are none.</returns>
    public static string? Of(Func<string, string?> variable) => Value(variable(Variable)) ?? Value(variable(Usual));

    private static string? Value(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
