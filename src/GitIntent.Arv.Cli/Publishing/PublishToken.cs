namespace GitIntent.Arv.Cli.Publishing;

/// <summary>The token for GitHub's API. It goes to the companion that publishes, and to nobody else.</summary>
internal static class PublishToken
{
    public const string Variable = "ARV_GITHUB_TOKEN";

    /// <returns>Null where there is none; blanks are none.</returns>
    public static string? Of(CliContext context) => Value(context.Variable(Variable)) ?? Value(context.Variable("GITHUB_TOKEN"));

    private static string? Value(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
