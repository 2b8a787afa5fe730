namespace GitIntent.Arv.Reporting;

/// <summary>
/// Keeps a line of a GitHub Actions log from being a workflow command. The runner obeys <c>::name</c> at the start of a line, after
/// trimming, and the old form <c>##[name]</c> anywhere in one (actions/runner: src/Runner.Common/ActionCommand.cs).
/// </summary>
internal static class EscapeWorkflowLog
{
    /// <summary>A whole line, already safe for a terminal, without its end.</summary>
    public static string Line(string line)
    {
        line = Inline(line);
        var start = line.Length - line.TrimStart().Length;
        return line.AsSpan(start).StartsWith("::", StringComparison.Ordinal) ? line.Insert(start, "\\") : line;
    }

    /// <summary>Text that does not begin a line.</summary>
    public static string Inline(string text) => text.Replace("##[", "##\\[", StringComparison.Ordinal);
}
