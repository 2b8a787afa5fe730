using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

public class JsonReaderTests
{
    [Theory]
    [InlineData("{\"a\": [1, -0.50e+3, true, false, null, \"x\"], \"__proto__\": {}}", "{a:[1,-0.50e+3,true,false,null,\"x\"],__proto__:{}}")]
    [InlineData(" 12345678901234567890.00 ", "12345678901234567890.00")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "\"\"\\/\b\f\n\r\té😀\"")]
    [InlineData("\uFEFF[]", "[]")]
    [InlineData("{\"\": 1}", "{:1}")]
    public void Values_are_read_as_written(string json, string expected) => Docs.Show(Docs.Json(json)).ShouldBe(expected);

    [Fact]
    public void Places_count_lines_and_UTF16_columns()
    {
        var map = (DocMap)Docs.Json("{\r\n\t\"😀\": [1,\n \"é\" ]}");
        Docs.Place(map).ShouldBe("1:1-3:8");
        (map.Entries[0].KeyStart, map.Entries[0].KeyEnd).ShouldBe((new Mark(2, 2), new Mark(2, 6)));
        Docs.Place(map.Entries[0].Value).ShouldBe("2:8-3:7");
        Docs.Place(((DocList)map["😀"]!).Items[1]).ShouldBe("3:2-3:5");
    }

    [Theory]
    [InlineData("", "1:1: not valid JSON: expected a value, found the end")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", "2:2: the key \"a\" is given twice; the first is at line 1, column 2")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "1:10: the key \"a\" is given twice; the first is at line 1, column 2")]
    [InlineData("[1,]", "1:4: not valid JSON: expected another item after the comma")]
    [InlineData("[1 2]", "1:4: not valid JSON: expected a comma or ]")]
    [InlineData("[1", "1:3: not valid JSON: expected a comma or ], found the end")]
    [InlineData("{a: 1}", "1:2: not valid JSON: expected a key in double quotes")]
    [InlineData("{\"a\" 1}", "1:6: not valid JSON: expected a colon after the key")]
    [InlineData("01", "1:2: not valid JSON: a number does not start with 0")]
    [InlineData("1.", "1:3: not valid JSON: expected a digit, found the end")]
    [InlineData("+1", "1:1: not valid JSON: expected a value")]
    [InlineData("NaN", "1:1: not valid JSON: expected a value")]
    [InlineData("\"a\nb\"", "1:3: not valid JSON: a control character in a text must be escaped")]
    [InlineData("\"a", "1:1: not valid JSON: expected the text to end with a double quote")]
    [InlineData("\"\\x\"", "1:3: not valid JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")]
    [InlineData("\"\\u12\"", "1:3: not valid JSON: expected four hexadecimal digits after \\u")]
    [InlineData("1 2", "1:3: not valid JSON: expected the end of the document")]
    [InlineData("// c\n1", "1:1: not valid JSON: expected a value")]
    [InlineData("'a'", "1:1: not valid JSON: expected a value")]
    [InlineData("[\0]", "1:2: not valid JSON: expected a value")]
    [InlineData("\"\\", "1:3: not valid JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u, found the end")]
    public void What_is_no_JSON_is_named_at_its_place(string json, string expected) => Docs.Refusal(() => Docs.Json(json)).ShouldBe(expected);

    [Fact]
    public void Comments_and_last_commas_are_read_only_where_the_tools_of_the_file_read_them()
    {
        const string Text = "// c\n{\"a\": [1, /* x */ 2,], }";
        Docs.Show(Docs.Read("app/tsconfig.base.json", Text)).ShouldBe("{a:[1,2]}");
        Docs.Show(Docs.Read("jsconfig.json", Text)).ShouldBe("{a:[1,2]}");
        Docs.Show(Docs.Read("a/.vscode/settings.json", Text)).ShouldBe("{a:[1,2]}");
        Docs.Show(Docs.Read("settings.jsonc", Text)).ShouldBe("{a:[1,2]}");
        Docs.Refusal(() => Docs.Read("settings.json", Text)).ShouldBe("1:1: not valid JSON: expected a value");
        Docs.Refusal(() => Docs.Read("a.jsonc", "[,]")).ShouldBe("1:2: not valid JSON: expected a value");
        Docs.Refusal(() => Docs.Read("a.jsonc", "1 /* x")).ShouldBe("1:3: not valid JSON: expected the comment to end with */");
    }

    [Fact]
    public void Ten_thousand_levels_are_one_error() =>
        Docs.Refusal(() => Docs.Json(new string('[', 10_000))).ShouldBe("1:257: lists and maps lie more than 256 levels deep; no deeper ones are read");

    [Fact]
    public void More_values_than_the_limit_are_refused() =>
        Docs.Refusal(() => Docs.Json("[1, 2, 3]", DocumentLimits.Default with { MaxNodes = 3 })).ShouldBe("1:8: the document has more than 3 values, aliases expanded; no more are read");

    [Fact]
    public void Other_encodings_than_UTF8_are_refused()
    {
        Docs.Refusal(() => DocumentReader.Read("a.json", new byte[] { 0xFF, 0xFE, 0x31, 0 }, DocumentFormat.Json, DocumentLimits.Default)).ShouldBe("1:1: the document is UTF-16; expected UTF-8");
        Docs.Refusal(() => DocumentReader.Read("a.json", new byte[] { 0x22, 0xC3, 0x22 }, DocumentFormat.Json, DocumentLimits.Default)).ShouldBe("1:2: invalid UTF-8 (0xC3)");
    }
}
