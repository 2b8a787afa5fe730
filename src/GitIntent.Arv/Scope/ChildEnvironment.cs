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
        "GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "INPUT_TOKEN", "INPUT_GITHUB-TOKEN",
        "ARV_TOKEN", "ARV_GITHUB_TOKEN", "ARV_STATE", "ARV_TARGET", "ARV_RESULTS", "ARV_STORE",
        "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_CACHE_URL", "ACTIONS_RESULTS_URL",
        "SYSTEM_ACCESSTOKEN",
    ];

    private static StringComparer NameComparer => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static ImmutableDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> caller, RunMarker run) =>
        caller
            .Where(static pair => pair.Key.Length > 0 && !Withheld.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .ToImmutableDictionary(NameComparer)
            .SetItem(RunMarker.Variable, run.ToString());

    /// <summary>The values that no report may show: of the withheld variables, and the passwords in addresses among them.</summary>
    public static ImmutableArray<string> Secrets(IEnumerable<KeyValuePair<string, string>> caller) =>
    [
        .. caller
            .Where(static pair => Withheld.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(static pair => Uri.TryCreate(pair.Value, UriKind.Absolute, out var uri) ? Password(uri) : [pair.Value]),
    ];

    private static string[] Password(Uri uri)
    {
        var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return [];
        var written = uri.UserInfo[(colon + 1)..];
        return [written, Uri.UnescapeDataString(written)];
    }
}
