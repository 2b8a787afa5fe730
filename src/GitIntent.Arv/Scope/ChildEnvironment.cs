using System.Collections.Immutable;

namespace GitIntent.Arv.Scope;

/// <summary>
/// What a command sees: the caller's environment, less what was given to arv itself. A check's command is code of the change
/// under test; it gets no token that it was not meant to have.
/// </summary>
internal static class ChildEnvironment
{
    /// <summary>The variables that are arv's own: tokens, and store addresses, which may hold passwords.</summary>
    public static readonly ImmutableArray<string> Withheld =
    [
        GitHubToken.Usual, "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "INPUT_TOKEN", "INPUT_GITHUB-TOKEN",
        "ARV_TOKEN", GitHubToken.Variable, "ARV_STATE", "ARV_TARGET", "ARV_RESULTS", "ARV_STORE",
        "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_CACHE_URL", "ACTIONS_RESULTS_URL",
        "SYSTEM_ACCESSTOKEN",
    ];

    /// <summary>Where a step of a workflow speaks to its runner. What a command wrote there would be the environment of later steps, or arv's own outputs.</summary>
    public static readonly ImmutableArray<string> RunnerFiles = ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"];

    private static StringComparer NameComparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static ImmutableDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> caller, RunMarker run) =>
        caller
            .Where(static pair => pair.Key.Length > 0 && !IsWithheld(pair.Key) && !RunnerFiles.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .ToImmutableDictionary(NameComparer)
            .SetItem(RunMarker.Variable, run.ToString());

    /// <summary>
    /// The values that no report may show: of the withheld variables, of those whose names say that they hold a secret, and the passwords in addresses.
    /// </summary>
    public static ImmutableArray<string> Secrets(IEnumerable<KeyValuePair<string, string>> caller) => [.. caller.SelectMany(SecretsOf).Distinct()];

    private static bool IsWithheld(string name) => Withheld.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string[] SecretsOf(KeyValuePair<string, string> variable)
    {
        if (Uri.TryCreate(variable.Value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0)
            return Password(uri);
        // A store's address without a password is no secret, and is shown.
        var isSecret = IsWithheld(variable.Key) ? uri is null || variable.Key.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase) : SecretNames.Has(variable.Key, variable.Value);
        return isSecret ? [variable.Value] : [];
    }

    private static string[] Password(Uri uri)
    {
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return [];
        var written = uri.UserInfo[(colon + 1)..];
        return [written, Uri.UnescapeDataString(written)];
    }
}
