using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Kinds.Exec.Golden;

/// <summary>Says aloud what a diff cannot show.</summary>
internal static class Invisible
{
    /// <summary>So many lines are named one by one.</summary>
    private const int Named = 5;

    public static List<string> Differences(List<Line> expected, List<Line> actual)
    {
        var words = new List<string>();
        if (HasMark(expected) != HasMark(actual))
            words.Add(HasMark(actual) ? "a byte-order mark, expected none" : "no byte-order mark, expected one");
        var (named, more) = (0, 0);
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            var word = OfLine(expected[i], actual[i]);
            if (word is null)
                continue;
            if (named++ < Named)
                words.Add(string.Create(CultureInfo.InvariantCulture, $"line {i + 1}: {word}"));
            else
                more++;
        }
        if (more > 0)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"and {more} more such lines"));
        return words;
    }

    /// <summary>The line as it can be seen: control characters as <c>\u001b</c>.</summary>
    public static string Show(string line)
    {
        StringBuilder? shown = null;
        for (var i = 0; i < line.Length; i++)
        {
            var hide = line[i] != '\t' && (char.IsControl(line[i]) || char.GetUnicodeCategory(line[i]) == UnicodeCategory.Format);
            if (hide)
                (shown ??= new StringBuilder(line[..i])).Append(CultureInfo.InvariantCulture, $"\\u{(int)line[i]:x4}");
            else
                shown?.Append(line[i]);
        }
        return shown?.ToString() ?? line;
    }

    private static string? OfLine(Line expected, Line actual)
    {
        if (expected.Text == actual.Text)
            return expected.End == actual.End ? null : $"{NameOf(actual.End)}, expected {NameOf(expected.End)}";
        if (expected.Text.TrimEnd() != actual.Text.TrimEnd())
            return null;
        return $"white space at its end: {Quote(actual.Text)}, expected {Quote(expected.Text)}";
    }

    private static string NameOf(string end) => end switch { "\r\n" => "CRLF", "\n" => "LF", _ => "no line end" };

    private static string Quote(string text)
    {
        var tail = text[text.TrimEnd().Length..];
        return tail.Length == 0 ? "none" : $"\"{tail.Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\"";
    }

    private static bool HasMark(List<Line> lines) => lines.Count > 0 && lines[0].Text.StartsWith('\ufeff');
}
