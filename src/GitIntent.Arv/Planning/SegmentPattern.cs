using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Planning;

/// <summary>A linear-time regular expression that must match a path's last segment whole; its named groups become names.</summary>
internal sealed class SegmentPattern
{
    private readonly Regex _regex;

    private SegmentPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
        Names = [.. regex.GetGroupNames().Where(static name => !char.IsAsciiDigit(name[0]))];
    }

    public string Text { get; }

    public ImmutableArray<string> Names { get; }

    public static SegmentPattern? Parse(string text, out string? error)
    {
        try
        {
            var regex = new Regex($@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            error = null;
            return new SegmentPattern(text, regex);
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            error = e.Message;
            return null;
        }
    }

    /// <returns>The named groups' values, or null when the segment does not match.</returns>
    public IReadOnlyDictionary<string, string>? Match(string segment)
    {
        var match = _regex.Match(segment);
        return match.Success ? Names.ToDictionary(static name => name, name => match.Groups[name].Value, StringComparer.Ordinal) : null;
    }
}
