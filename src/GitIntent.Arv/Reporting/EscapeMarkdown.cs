using System.Buffers;
using System.Text;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// Makes untrusted text inert in GitHub Flavored Markdown. The text has to stand inside a line that our own text begins, so that
/// only inline constructs matter; a <c>##[</c> is broken up as in <see cref="EscapeWorkflowLog"/>, for <c>--markdown -</c> prints into the log.
/// </summary>
internal static class EscapeMarkdown
{
    private static readonly SearchValues<char> Active = SearchValues.Create("\\`*_~[]<>&|$");

    /// <summary>
    /// Running text. A word that GitHub would turn into a link, a mention or a reference becomes code: no backslash prevents
    /// those, they are found after the Markdown is parsed.
    /// </summary>
    public static string Text(string text) =>
        string.Join(' ', EscapeTerminal.Text(text).Trim(' ').Split(' ').Select(static word => IsLinked(word) ? Code(word) : Word(word)));

    /// <summary>A path, an id, an address: shown as it is, never interpreted.</summary>
    public static string Code(string text)
    {
        text = EscapeWorkflowLog.Inline(EscapeTerminal.Text(text));
        if (text.Length == 0) return "";

        // A span ends at a run of as many backticks as began it; one space on both sides is not shown (CommonMark 6.1).
        var fence = new string('`', LongestRun(text) + 1);
        var pad = text[0] is '`' or ' ' || text[^1] is '`' or ' ' ? " " : "";
        return fence + pad + text + pad + fence;
    }

    /// <summary>Lines as a block of code, indented so that it belongs to a list's item.</summary>
    public static string Block(IReadOnlyCollection<string> lines, string indent)
    {
        var safe = lines.Select(static line => EscapeWorkflowLog.Line(EscapeTerminal.Text(line))).ToList();
        // A block ends at a fence that is as long as the one that began it (CommonMark 4.5).
        var fence = new string('`', Math.Max(3, safe.Max(LongestRun) + 1));
        return $"\n{indent}{fence}text\n{string.Concat(safe.Select(line => $"{indent}{line}".TrimEnd() + "\n"))}{indent}{fence}\n\n";
    }

    /// <summary>Code in a cell of a table, which a bar would end, code or not.</summary>
    public static string CellCode(string text) => Code(text.Replace("|", "\\u{7C}", StringComparison.Ordinal));

    private static string Word(string word)
    {
        if (!word.AsSpan().ContainsAny(Active)) return word;

        var escaped = new StringBuilder(word.Length + 8);
        foreach (var c in word)
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '$' => escaped.Append("&#36;"), // a backslash does not keep GitHub from reading $…$ as mathematics
                '\\' or '`' or '*' or '_' or '~' or '[' or ']' or '|' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static bool IsLinked(string word) =>
        word.Contains('@', StringComparison.Ordinal)
        || word.Contains("://", StringComparison.Ordinal)
        || word.Contains("www.", StringComparison.OrdinalIgnoreCase)
        || DigitFollows(word, "#")
        || DigitFollows(word, "gh-");

    private static bool DigitFollows(string word, string mark)
    {
        for (var at = word.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = word.IndexOf(mark, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at + mark.Length < word.Length && char.IsAsciiDigit(word[at + mark.Length])) return true;
        }

        return false;
    }

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
