using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitIntent.Arv.Patterns;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Planning;

/// <summary>A pattern that must match a path's last segment whole; its named groups become names. Equal where it is written alike.</summary>
internal sealed class SegmentPattern : IEquatable<SegmentPattern>
{
    private readonly WholePattern _whole;

    /// <summary>Our engine keeps no groups. .NET's reads some patterns otherwise, so ours decides, and a segment in which .NET's finds no groups does not fit.</summary>
    private readonly Regex _groups;

    private SegmentPattern(string text, WholePattern whole, Regex groups)
    {
        Text = text;
        _whole = whole;
        _groups = groups;
        Names = [.. groups.GetGroupNames().Where(static name => !char.IsAsciiDigit(name[0]))];
    }

    public string Text { get; }

    public ImmutableArray<string> Names { get; }

    public static SegmentPattern? Parse(string text, out string? error)
    {
        try
        {
            var whole = WholePattern.Parse(text);
            var groups = new Regex($@"\A(?:{text.Replace("(?P<", "(?<", StringComparison.Ordinal)})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            error = null;
            return new SegmentPattern(text, whole, groups);
        }
        catch (PatternException e)
        {
            error = $"{e.Message} (character {e.Index + 1} of the pattern)";
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            error = $"the pattern is not supported where names are captured: {e.Message}";
        }
        return null;
    }

    /// <returns>The named groups' values, or null when the segment does not fit.</returns>
    public IReadOnlyDictionary<string, string>? Match(string segment)
    {
        if (!_whole.Matches(segment))
            return null;
        var match = _groups.Match(segment);
        return match.Success ? Names.ToDictionary(static name => name, name => match.Groups[name].Value, StringComparer.Ordinal) : null;
    }

    public bool Equals(SegmentPattern? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as SegmentPattern);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
