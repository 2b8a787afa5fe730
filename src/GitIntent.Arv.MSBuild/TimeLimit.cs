using System.Globalization;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.MSBuild;

/// <summary>A time as <c>arv.yml</c> and the command line have it: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class TimeLimit
{
    public const string None = "none";

    /// <summary>For a build of every day: no gate but a command takes so long.</summary>
    public const string Default = "10m";

    /// <returns>Null where the text is no time.</returns>
    public static TimeSpan? Parse(string text)
    {
        var match = Regex.Match(text, "^([0-9]{1,6})(ms|s|m|h)$", RegexOptions.CultureInvariant);
        if (!match.Success)
            return null;
        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }
}
