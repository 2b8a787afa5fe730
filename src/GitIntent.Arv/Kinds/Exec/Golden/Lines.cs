namespace GitIntent.Arv.Kinds.Exec.Golden;

/// <param name="Text">Without its end.</param>
/// <param name="End">How it ends: a line feed, with a carriage return or without; nothing, for the last.</param>
internal readonly record struct Line(string Text, string End);

internal static class Lines
{
    public static List<Line> Of(string text)
    {
        var lines = new List<Line>();
        var start = 0;
        while (start < text.Length)
        {
            var feed = text.IndexOf('\n', start);
            if (feed < 0)
            {
                lines.Add(new Line(text[start..], ""));
                break;
            }
            var isCrLf = feed > start && text[feed - 1] == '\r';
            lines.Add(new Line(text[start..(isCrLf ? feed - 1 : feed)], isCrLf ? "\r\n" : "\n"));
            start = feed + 1;
        }
        return lines;
    }
}
