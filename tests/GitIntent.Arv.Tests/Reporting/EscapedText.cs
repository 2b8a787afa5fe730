using System.Text.Json;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class EscapedText
{
    [Theory]
    [InlineData("plain näyttö 日本 🚀", "plain näyttö 日本 🚀")]
    [InlineData("a\tb\r\nc", @"a\tb\r\nc")]
    [InlineData("\u001b[31m\u0007\u0000\u007f\u009b", @"\x1b[31m\x07\x00\x7f\x9b")]
    [InlineData("a\u202eb\u2066\u200e\u061c\u2028", @"a\u{202E}b\u{2066}\u{200E}\u{061C}\u{2028}")]
    [InlineData("\ufeff\u200b\U000E0041", @"\u{FEFF}\u{200B}\u{E0041}")]
    [InlineData("👩\u200d👧", "👩\u200d👧")]
    public void A_terminal_shows_what_it_would_obey_or_hide(string text, string shown) => EscapeTerminal.Text(text).ShouldBe(shown);

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_the_replacement_character() => EscapeTerminal.Text("x\ud800y").ShouldBe("x\ufffdy");

    [Fact]
    public void Text_for_a_terminal_stays_on_its_line_and_hides_nothing()
    {
        foreach (var text in HostileText.AllAndMixed())
            EscapeTerminal.Text(text).EnumerateRunes().Any(EscapeTerminal.IsHidden).ShouldBeFalse(text);
    }

    [Theory]
    [InlineData("::error::x", @"\::error::x")]
    [InlineData("  ::error::x", @"  \::error::x")]
    [InlineData("\u00a0::error::x", "\u00a0\\::error::x")]
    [InlineData("std::vector", "std::vector")]
    [InlineData("##[error]x", @"##\[error]x")]
    [InlineData("a ##[group]b ##[x]", @"a ##\[group]b ##\[x]")]
    public void A_workflow_log_holds_no_command(string line, string shown) => EscapeWorkflowLog.Line(line).ShouldBe(shown);

    [Theory]
    [InlineData("C# & <T> 'näyttö' 日本 🚀", "\"C# & <T> 'näyttö' 日本 🚀\"")]
    [InlineData("\"\\\n\u001b", @"""\""\\\n\u001B""")]
    [InlineData("\u202e\u2028\u0085\u007f", @"""\u202E\u2028\u0085\u007F""")]
    [InlineData("\U000E0041", @"""\uDB40\uDC41""")]
    [InlineData("##[error]", @"""#\u0023[error]""")]
    public void Json_stays_readable_and_shows_what_hides(string text, string json) => Json(text).ShouldBe(json);

    [Fact]
    public void Json_gives_back_the_text()
    {
        foreach (var text in HostileText.AllAndMixed())
        {
            var json = Json(text);
            using var read = JsonDocument.Parse(json);
            read.RootElement.GetString().ShouldBe(string.Concat(text.EnumerateRunes()));
            json.ShouldNotContain("##[");
            json.EnumerateRunes().Any(EscapeTerminal.IsHidden).ShouldBeFalse(text);
        }
    }

    [Theory]
    [InlineData("a `b` c", "``a `b` c``", false)]
    [InlineData("src/a.ts", "`src/a.ts`", false)]
    [InlineData("`", "`` ` ``", false)]
    [InlineData("a|b", "`a|b`", false)]
    [InlineData("a|b", @"`a\u{7C}b`", true)]
    [InlineData("##[x]", @"`##\[x]`", false)]
    [InlineData("a\nb", @"`a\nb`", false)]
    public void Code_in_Markdown(string text, string markdown, bool cell) =>
        (cell ? EscapeMarkdown.CellCode(text) : EscapeMarkdown.Code(text)).ShouldBe(markdown);

    [Theory]
    [InlineData("see https://a.example/x.", "see `https://a.example/x.`")]
    [InlineData("ask @octocat about #12", "ask `@octocat` about `#12`")]
    [InlineData("snake_case *x* <b> [l](u) $1", @"snake\_case \*x\* &lt;b&gt; \[l\](u) &#36;1")]
    [InlineData("C# std::vector -> x", "C# std::vector -&gt; x")]
    public void Words_in_Markdown(string text, string markdown) => EscapeMarkdown.Text(text).ShouldBe(markdown);

    private static string Json(string text)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = EscapeJson.Encoder }))
            json.WriteStringValue(text);
        return EscapeJson.Document(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
