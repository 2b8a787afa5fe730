using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Tests.Reporting;

/// <summary>What a renderer could act on, looked for in what we write; the goldens were also rendered by cmark-gfm.</summary>
public sealed partial class MarkdownIsInert
{
    [Fact]
    public void Text_outside_code_holds_nothing_active()
    {
        foreach (var text in HostileText.AllAndMixed())
        {
            var markdown = EscapeMarkdown.Text(text);
            Active().Match(Prose(markdown)).Value.ShouldBe("", markdown);
            markdown.ShouldNotContain("##[");
        }
    }

    [Fact]
    public void Code_is_code_to_its_end()
    {
        foreach (var text in HostileText.AllAndMixed())
        {
            var code = EscapeMarkdown.Code(text);
            Prose(code).ShouldBe("·", code);
            code.ShouldNotContain("##[");
            EscapeMarkdown.CellCode(text).ShouldNotContain("|");
        }
    }

    [Fact]
    public void Every_line_of_a_hostile_report_begins_with_our_own_words()
    {
        var markdown = ReportsMatchTheirGoldens.Written(new MarkdownReporter(), SampleReports.All["hostile"]());

        string? fence = null; // in a block of code every line is inert until the fence that began it comes again
        foreach (var line in markdown.Split('\n'))
        {
            if (fence is null && BlockStart().Match(line) is { Success: true } start)
                fence = start.Groups["fence"].Value;
            else if (fence is null)
                OurOwn().IsMatch(line).ShouldBeTrue(line);
            else if (line == fence)
                fence = null;
            else if (line.Length > 0)
                line.ShouldStartWith("  ");
        }
        fence.ShouldBeNull();
    }

    /// <summary>As a renderer reads it, with a dot for each escaped character, each of our entities and each code span (CommonMark 2.4, 6.1).</summary>
    internal static string Prose(string markdown)
    {
        var prose = new StringBuilder();
        for (var i = 0; i < markdown.Length;)
        {
            var rest = markdown[i..];
            var inert = rest is ['\\', not ' ', ..] && char.IsPunctuation(rest[1]) | char.IsSymbol(rest[1]) ? 2
                : Entity().Match(rest) is { Success: true } entity ? entity.Length
                : CodeSpan().Match(rest) is { Success: true } span ? span.Length
                : 0;
            prose.Append(inert > 0 ? '·' : rest[0]);
            i += Math.Max(1, inert);
        }

        return prose.ToString();
    }

    [GeneratedRegex(@"^&(?:lt|gt|amp|#36);")]
    private static partial Regex Entity();

    [GeneratedRegex(@"^(`+)(?!`).*?(?<!`)\1(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[\\`*_~\[\]<>|$@&]|://|www\.|#\d|(?i:gh-\d)|[\r\n\u2028]")]
    private static partial Regex Active();

    [GeneratedRegex(@"^(?:$|# . arv: |\*\*Reason:\*\* |\d+ of |> \*\*Notice:\*\* |\|(?: Gate |---| `)|## \w|### `|- \*\*error\*\* `|- Gate `|  - (?:Gate|Remedy:|Help:|Suppressed by|.{1,2} check|`|and \d+ more))")]
    private static partial Regex OurOwn();

    [GeneratedRegex("^(?<fence>  `{3,})text$")]
    private static partial Regex BlockStart();
}
