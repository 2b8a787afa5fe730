using System.Text.RegularExpressions;

namespace GitIntent.Arv.Kinds.Files;

/// <summary>The pattern of <c>files.name</c>, over the whole last segment of a path. The one place that knows its dialect.</summary>
internal static class NamePattern
{
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    /// <exception cref="NotSupportedException">It cannot be matched in linear time.</exception>
    public static Func<string, bool> Compile(string pattern) =>
        new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;
}
