namespace GitIntent.Arv.MSBuild;

/// <summary>What the properties of a project make of a warning: as they do with the compiler's.</summary>
internal sealed class WarningPolicy(string? hidden, string? asErrors, string? notAsErrors, string? allAsErrors)
{
    public const string Hidden = "hidden";
    public const string Warning = "warning";
    public const string Error = "error";

    private readonly HashSet<string> _hidden = Codes(hidden);
    private readonly HashSet<string> _asErrors = Codes(asErrors);
    private readonly HashSet<string> _notAsErrors = Codes(notAsErrors);
    private readonly bool _all = Codes(allAsErrors).Contains("true");

    public string Of(string rule) =>
        _hidden.Contains(rule) ? Hidden
        : !_notAsErrors.Contains(rule) && (_all || _asErrors.Contains(rule)) ? Error
        : Warning;

    private static HashSet<string> Codes(string? list) => new(Words.Of(list), StringComparer.OrdinalIgnoreCase);
}
