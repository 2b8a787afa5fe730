using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

internal sealed partial class SourceText
{
    /// <summary>
    /// The place of a range of <see cref="Text"/>. A CR before LF is the last thing on its line, so that leaving it out moves no column.
    /// </summary>
    /// <param name="end">Exclusive.</param>
    public TextSpan Span(int start, int end)
    {
        var lines = Lines;
        var first = LineOf(lines, start);
        var last = LineOf(lines, end);
        return new TextSpan(first + 1, start - lines[first] + 1, last + 1, end - lines[last] + 1);
    }

    /// <summary>The line of <see cref="Text"/> that holds the offset, without its end.</summary>
    public ReadOnlySpan<char> LineAt(int offset)
    {
        var line = Text.AsSpan(Lines[LineOf(Lines, offset)]..);
        var end = line.IndexOf('\n');
        return end < 0 ? line : line[..end];
    }

    /// <summary>Where each line begins.</summary>
    private int[] Lines => _lines ??= FindLines(Text);

    private static int LineOf(int[] lines, int offset)
    {
        var found = Array.BinarySearch(lines, offset);
        return found >= 0 ? found : ~found - 1;
    }

    private static int[] FindLines(string text)
    {
        var lines = new int[text.AsSpan().Count('\n') + 1];
        for (int line = 1, at = 0; line < lines.Length; line++)
            lines[line] = at = text.IndexOf('\n', at) + 1;
        return lines;
    }
}
