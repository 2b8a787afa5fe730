using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Arv.Scope;

/// <summary>
/// What everything that a run starts finds in its environment: which run it is in, and of which tree. A nested run of the same tree stands aside.
/// The form is <c>RUNID:ROOT</c>; a run's id has no colon, so no two runs can look the same.
/// </summary>
internal sealed record RunMarker(string RunId, string Root)
{
    public const string Variable = "ARV_RUN";

    public override string ToString() => $"{RunId}:{Root}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out RunMarker? marker)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        marker = colon <= 0 || colon == text!.Length - 1 ? null : new RunMarker(text[..colon], text[(colon + 1)..]);
        return marker is not null;
    }

    /// <summary>Whether a run of this root is inside the run that the variable names.</summary>
    /// <param name="value">The value of <see cref="Variable"/>.</param>
    /// <param name="realRoot">The root with its links resolved.</param>
    public static bool IsNested(string? value, string realRoot) =>
        TryParse(value, out var marker) && string.Equals(marker.Root, realRoot, Comparison);

    private static StringComparison Comparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
