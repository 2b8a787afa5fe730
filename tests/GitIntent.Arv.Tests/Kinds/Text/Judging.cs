using System.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>What rules find in files: each case with its clean twin.</summary>
public sealed class Judging
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    [Theory]
    [InlineData("several on a line", "x foo foo\n", "foo", "1:3-1:6 1:7-1:10")]
    [InlineData("after tabs", "\t\tfoo", "foo", "1:3-1:6")]
    [InlineData("last line without an end", "a\nfoo", "foo", "2:1-2:4")]
    [InlineData("CRLF", "a\r\nb foo\r\n", "foo", "2:3-2:6")]
    [InlineData("a lone CR ends no line", "a\rfoo\nfoo", "foo", "1:3-1:6 2:1-2:4")]
    [InlineData("after an astral character", "😀 foo", "foo", "1:4-1:7")]
    [InlineData("before the end of a CRLF line", "foo\r\nx", "/foo$", "1:1-1:4")]
    [InlineData("over lines", "a(\n  b)\n", @"/a\(\s*b\)", "1:1-2:5")]
    [InlineData("over CRLF lines", "a(\r\n  b)\r\n", @"/a\(\s*b\)", "1:1-2:5")]
    [InlineData("over lines, with classes", "a(\"\n\")", "/\"[^\"]*\"", "1:3-2:2")]
    [InlineData("astral by pattern", "é😀.foo", "/[^.]{2}\\.foo", "1:1-1:8")]
    [InlineData("line end at the end", "foo\n", "/foo\\n", "1:1-2:1")]
    public void Matches_have_the_files_places(string what, string text, string pattern, string places)
    {
        var forbid = pattern.StartsWith('/') ? $"{{ regex: '{pattern[1..]}' }}" : pattern;
        var rule = $"ABC001: {{ forbid: {forbid} }}";

        TextChecks.Places(TextChecks.Run(rule, ("a.ts", text))).ShouldBe([.. places.Split(' ').Select(p => $"a.ts:{p} ABC001")], what);
        TextChecks.Places(TextChecks.Run(rule, ("a.ts", text.Replace("foo", "fox", StringComparison.Ordinal).Replace('(', '[').Replace('"', '\'')))).ShouldBeEmpty(what);
    }

    [Fact]
    public void A_byte_order_mark_is_no_column()
    {
        var check = TextChecks.Read("ABC001: { forbid: { regex: ^foo } }");

        TextChecks.Places(TextChecks.Run(check, [("a", [.. Bom, .. "foo"u8])])).ShouldBe(["a:1:1-1:4 ABC001"]);
        TextChecks.Places(TextChecks.Run(check, [("a", [.. Bom, .. "fox"u8])])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_file_with_a_byte_order_mark_is_decoded(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var check = TextChecks.Read("ABC001: { forbid: foo }\nABC002: { forbid: { regex: '(?i)FO{2}' } }");

        var outcome = TextChecks.Run(check, [("a.ts", Encode("é foo"))], ["*.ts"]);

        TextChecks.Places(outcome).ShouldBe(["a.ts:1:3-1:6 ABC001", "a.ts:1:3-1:6 ABC002"]);
        outcome.Evidence.LeftOut.ShouldBeEmpty();
        TextChecks.Places(TextChecks.Run(check, [("a.ts", Encode("é fox"))], ["*.ts"])).ShouldBeEmpty();

        byte[] Encode(string text) => [.. encoding.Preamble, .. encoding.GetBytes(text)];
    }

    [Fact]
    public void Invalid_UTF8_is_scanned_and_named()
    {
        var check = TextChecks.Read("ABC001: { forbid: { regex: '.foo' } }");

        var red = TextChecks.Run(check, [("a", [0xFF, .. "foo"u8])]);
        var green = TextChecks.Run(check, [("a", [0xFF, .. "fox"u8])]);

        TextChecks.Places(red).ShouldBe(["a:1:1-1:5 ABC001"]);
        TextChecks.Places(green).ShouldBeEmpty();
        foreach (var outcome in new[] { red, green })
        {
            outcome.Evidence.Read.ShouldBe(1);
            outcome.Evidence.LeftOut.ShouldBe([new LeftOut("a", LeftOutReasons.InvalidUtf8)]);
        }
    }

    [Fact]
    public void A_pattern_with_the_replacement_character_finds_invalid_bytes()
    {
        var check = TextChecks.Read("ABC001: { forbid: { regex: '\\x{FFFD}foo' } }\nABC002: { forbid: \"\uFFFD\" }");

        TextChecks.Places(TextChecks.Run(check, [("a", [0xFF, .. "foo"u8])])).ShouldBe(["a:1:1-1:2 ABC002", "a:1:1-1:5 ABC001"], ignoreOrder: true);
    }

    [Fact]
    public void A_NUL_hides_no_file_that_an_include_names_by_its_extension()
    {
        var check = TextChecks.Read("ABC001: { forbid: foo }");
        (string, byte[])[] files = [("a.ts", "\0foo"u8.ToArray()), ("b.ts", "fox"u8.ToArray())];

        TextChecks.Places(TextChecks.Run(check, files, ["*.ts"])).ShouldBe(["a.ts:1:2-1:5 ABC001"]);
    }

    [Fact]
    public void A_file_with_a_NUL_that_nothing_names_is_left_out_as_binary()
    {
        var check = TextChecks.Read("ABC001: { forbid: foo }");

        var outcome = TextChecks.Run(check, [("a.bin", "\0foo"u8.ToArray()), ("b.ts", "foo"u8.ToArray())], ["src/", "*"]);

        TextChecks.Places(outcome).ShouldBe(["b.ts:1:1-1:4 ABC001"]);
        outcome.Evidence.LeftOut.ShouldBe([new LeftOut("a.bin", LeftOutReasons.Binary)]);
        outcome.Evidence.Read.ShouldBe(1);
        outcome.Evidence.Paths.ShouldBe(["a.bin", "b.ts"]);
        outcome.Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_rules_own_include_names_a_file_too()
    {
        var check = TextChecks.Read("ABC001: { forbid: foo, include: ['*.bin'] }\nABC002: { forbid: foo }");

        var outcome = TextChecks.Run(check, [("a.bin", "\0foo"u8.ToArray()), ("b", "foo"u8.ToArray())]);

        TextChecks.Places(outcome).ShouldBe(["a.bin:1:2-1:5 ABC001", "b:1:1-1:4 ABC002"]);
        outcome.Evidence.LeftOut.ShouldBe([new LeftOut("a.bin", LeftOutReasons.Binary)]);
    }

    [Fact]
    public void A_check_whose_files_are_all_binary_is_refused()
    {
        TextChecks.Run("ABC001: { forbid: foo }", ("a", "\0"), ("b", "\0")).Refusal
            .ShouldBe("ABC001: all 2 files that it selects were left out as binary; name them by their extension in include");
    }

    [Fact]
    public void A_literal_is_exact_but_for_line_ends()
    {
        const string rule = "ABC001: { forbid: \"foo\\nbar.\" }";

        TextChecks.Places(TextChecks.Run(rule, ("a", "foo\r\nbar."), ("b", "foo\nbar."))).ShouldBe(["a:1:1-2:5 ABC001", "b:1:1-2:5 ABC001"]);
        TextChecks.Places(TextChecks.Run(rule, ("a", "Foo\nbar."), ("b", "foo\nbarx"))).ShouldBeEmpty();
    }

    [Fact]
    public void Require_finds_each_file_that_lacks_it()
    {
        const string rule = "ABC001: { require: SPDX }";

        var red = TextChecks.Run(rule, ("a", "SPDX"), ("b", "\nx"), ("c", ""));

        TextChecks.Places(red).ShouldBe(["b:1:1-1:1 ABC001", "c:1:1-1:1 ABC001"]);
        TextChecks.Places(TextChecks.Run(rule, ("a", "SPDX"), ("b", "x SPDX"))).ShouldBeEmpty();
    }

    [Fact]
    public void Across_any_is_content_with_one_file()
    {
        const string rule = "ABC001: { require: { regex: 'SPDX' }, across: any }";

        TextChecks.Places(TextChecks.Run(rule, ("a", "x"), ("b", "SPDX"))).ShouldBeEmpty();
        var finding = TextChecks.Run(rule, ("a", "x"), ("b", "y")).Findings.ShouldHaveSingleItem();
        finding.Path.ShouldBeNull();
        finding.Span.ShouldBe(TextSpan.Start);
        finding.Message.ShouldBe("Missing in every file: the pattern SPDX");
    }

    [Fact]
    public void Where_keeps_only_the_files_that_match_it()
    {
        const string rules = "ABC001: { forbid: foo, where: { regex: '^class ' } }\nABC002: { require: run, where: { regex: '^class ' } }";

        TextChecks.Places(TextChecks.Run(rules, ("a", "class A foo"), ("b", "foo"), ("c", "class C run")))
            .ShouldBe(["a:1:1-1:1 ABC002", "a:1:9-1:12 ABC001"]);
        var none = TextChecks.Run(rules, ("a", "foo"));
        TextChecks.Places(none).ShouldBeEmpty();
        none.Refusal.ShouldBeNull();
        none.Evidence.Read.ShouldBe(1);
    }

    [Fact]
    public void Across_any_without_a_file_that_where_keeps_has_no_file_that_has_it()
    {
        TextChecks.Run("ABC001: { require: x, across: any, where: y }", ("a", "x")).Findings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_rules_own_patterns_narrow_the_checks_inputs()
    {
        const string rules = "ABC001: { forbid: foo, include: ['*.ts'], exclude: ['gen/'] }\nABC002: { forbid: foo }";

        TextChecks.Places(TextChecks.Run(rules, ("a.ts", "foo"), ("b.py", "foo"), ("gen/c.ts", "foo")))
            .ShouldBe(["a.ts:1:1-1:4 ABC001", "a.ts:1:1-1:4 ABC002", "b.py:1:1-1:4 ABC002", "gen/c.ts:1:1-1:4 ABC002"]);
    }

    [Theory]
    [InlineData("forbid")]
    [InlineData("require")]
    public void A_rule_whose_patterns_select_nothing_refuses_its_check(string verb)
    {
        var outcome = TextChecks.Run($"ABC001: {{ {verb}: foo, include: ['*.go'] }}", ("a.ts", "foo"), ("b.ts", "foo"));

        outcome.Refusal.ShouldBe("ABC001: its patterns select none of the check's 2 inputs");
        outcome.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_check_without_a_rule_that_is_on_judges_nothing_and_says_so()
    {
        TextChecks.Run("ABC001: { forbid: foo, severity: off, reason: x }", ("a", "foo")).Refusal.ShouldNotBeNull().ShouldContain("every rule is off");
    }

    [Fact]
    public void A_finding_says_what_is_wrong_and_how_to_mend_it()
    {
        var finding = TextChecks.Run("ABC001: { forbid: foo, severity: note, message: m, remedy: r, help: h }", ("a", "\t if  ( foo )\t\n")).Findings.ShouldHaveSingleItem();

        finding.ShouldBe(new Finding
        {
            Rule = "ABC001",
            Severity = Severity.Note,
            Message = "m",
            Remedy = "r",
            Help = "h",
            Path = "a",
            Span = new TextSpan(1, 9, 1, 12),
            Anchor = "if ( foo )",
        });
    }

    [Fact]
    public void The_anchor_of_a_very_long_line_is_short_and_still_its_own()
    {
        var start = new string('x', 5000);

        var anchors = TextChecks.Run("ABC001: { forbid: foo }", ("a", $"{start} foo 1\n{start} foo 2")).Findings.Select(f => f.Anchor).ToList();

        anchors.Distinct().Count().ShouldBe(2);
        anchors.ShouldAllBe(a => a.Length < 400);
    }

    [Fact]
    public void An_empty_file_is_looked_at()
    {
        TextChecks.Run("ABC001: { forbid: foo }", ("a", "")).Evidence.Read.ShouldBe(1);
    }
}
