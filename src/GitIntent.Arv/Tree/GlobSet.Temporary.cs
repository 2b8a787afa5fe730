using System.Text;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Tree;

internal sealed partial class GlobSet
{
    public bool Matches(string path)
    {
        var matches = false;
        foreach (var pattern in Patterns)
        {
            var takesBack = pattern.StartsWith('!');
            if (Regex.IsMatch(path, ToRegex(takesBack ? pattern[1..] : pattern), RegexOptions.CultureInvariant))
                matches = !takesBack;
        }
        return matches;
    }

    public bool NamesByExtension(string path) =>
        Patterns.Any(p => Path.GetExtension(p) is { Length: > 1 } extension && path.EndsWith(extension, StringComparison.Ordinal)) && Matches(path);

    private static string ToRegex(string pattern)
    {
        var anchored = pattern.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        var regex = new StringBuilder(anchored ? "^" : "(^|/)");
        for (var i = pattern.StartsWith('/') ? 1 : 0; i < pattern.TrimEnd('/').Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/", StringComparison.Ordinal))
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (pattern.AsSpan(i).StartsWith("**", StringComparison.Ordinal))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", '[' => "[", ']' => "]", var c => Regex.Escape(c.ToString()) });
            }
        }
        return regex.Append(pattern.EndsWith('/') ? "/" : "(/|$)").ToString();
    }
}
