using System.Text.RegularExpressions;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <summary>As much of the expressions of GitHub Actions as the action uses; anything else is an error, not a guess.</summary>
internal sealed partial class Expressions(Func<string, string> context)
{
    /// <summary>A value with expressions in it.</summary>
    public string Fill(string text) => Expression().Replace(text, match => context(match.Groups["name"].Value)) is var filled && !filled.Contains("${{ ", StringComparison.Ordinal)
        ? filled : throw new NotSupportedException(text);

    /// <summary>Whether a step runs.</summary>
    /// <param name="condition">Terms joined by <c>&amp;&amp;</c>; null is <c>success()</c>.</param>
    /// <param name="failed">Whether a step before has failed.</param>
    public bool Holds(string? condition, bool failed)
    {
        var terms = (condition is null ? "success()" : Braces().Replace(condition, "${inner}")).Split("&&", StringSplitOptions.TrimEntries);
        var isGuarded = terms.Any(static t => t is "always()" or "!cancelled()" or "success()" or "failure()");
        return (isGuarded || !failed) && terms.All(term => Holds(term, context, failed));
    }

    private static bool Holds(string term, Func<string, string> context, bool failed) => term switch
    {
        "always()" or "!cancelled()" => true,
        "success()" => !failed,
        "failure()" => failed,
        _ => Comparison().Match(term) is { Success: true } match
            ? context(match.Groups["name"].Value) == match.Groups["value"].Value == (match.Groups["how"].Value == "==")
            : throw new NotSupportedException(term),
    };

    [GeneratedRegex(@"\$\{\{ (?<name>[A-Za-z0-9_.-]+|toJSON\(matrix\)) \}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\$\{\{ (?<inner>.*) \}\}$")]
    private static partial Regex Braces();

    [GeneratedRegex("^(?<name>[A-Za-z0-9_.-]+) (?<how>==|!=) '(?<value>[^']*)'$")]
    private static partial Regex Comparison();
}
