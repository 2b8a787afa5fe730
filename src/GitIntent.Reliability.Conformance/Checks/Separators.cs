namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>By what an implementer may join the parts of a key. Every one of them may occur within a part.</summary>
internal static class Separators
{
    public static IReadOnlyList<string> All { get; } =
        [.. " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00B7\u2192\u00A0".Select(static c => c.ToString()), "::", "--", "%3A", "\\:", "%00"];
}
