using System.Text;

namespace GitIntent.Arv.MSBuild;

/// <summary>Lists as MSBuild has them, and values as it wants them.</summary>
internal static class Words
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    /// <summary>What MSBuild would read as an expression, a list or a pattern.</summary>
    private const string Special = "%$@'();?*";

    public static string[] Of(string? list) => (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same text for lists that differ only in how they are written, or the run would have two keys.</summary>
    public static string Join(string? list) => string.Join(",", Of(list).Distinct(StringComparer.Ordinal));

    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (Special.IndexOf(c) < 0)
                escaped.Append(c);
            else
                escaped.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return escaped.ToString();
    }
}
