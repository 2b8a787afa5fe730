namespace GitIntent.Arv.Reporting;

/// <summary>Untrusted text in SARIF: a viewer shows it to people, and reads links in it.</summary>
internal static class SarifText
{
    public static string Line(string text) => NoLinks(EscapeTerminal.Text(text));

    /// <summary>Text that may have several lines.</summary>
    public static string Lines(string text) =>
        NoLinks(string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(EscapeTerminal.Text)));

    /// <summary>Relative to the root; a colon in the first part would else be read as a scheme.</summary>
    public static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    /// <summary><c>[text](target)</c> is a link also in plain text; a bracket after a backslash ends none (SARIF 2.1.0, 3.11.6).</summary>
    private static string NoLinks(string text) => text.Replace("](", "\\](", StringComparison.Ordinal);
}
