using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: [1, 'x', \"y\", z]", "{a:[1,\"x\",\"y\",\"z\"]}")]
    [InlineData("- ~\n- null\n- \n- 'null'", "[null,null,null,\"null\"]")]
    [InlineData("[true, False, yes, no, on, 'true']", "[true,False,\"yes\",\"no\",\"on\",\"true\"]")]
    [InlineData("[1, -1, +1, 0o17, 0x1F, 1.5, .5, 5., 1e3, -.inf, .NaN]", "[1,-1,+1,0o17,0x1F,1.5,.5,5.,1e3,-.inf,.NaN]")]
    [InlineData("[1_000, 1.2.3, 0x, 0o8, '.', e3, +, 2024-01-01, 12:30]", "[\"1_000\",\"1.2.3\",\"0x\",\"0o8\",\".\",\"e3\",\"+\",\"2024-01-01\",\"12:30\"]")]
    [InlineData("[!!str 1, !!int '2', ! 3, !!null '']", "[\"1\",2,\"3\",null]")]
    [InlineData("a: |\n  x\n  y\nb: >\n  x\n  y\n", "{a:\"x\ny\n\",b:\"x y\n\"}")]
    [InlineData("a: &x {k: 1}\nb: *x\nc: *x", "{a:{k:1},b:{k:1},c:{k:1}}")]
    [InlineData("__proto__: 1\nconstructor: 2", "{__proto__:1,constructor:2}")]
    [InlineData("1: a\ntrue: b\n~: c", "{1:\"a\",true:\"b\",~:\"c\"}")]
    [InlineData("", "null")]
    [InlineData("# nothing but a comment\n", "null")]
    [InlineData("'<<': 1", "{<<:1}")]
    public void Values_have_the_types_of_the_core_schema(string yaml, string expected) => Docs.Show(Docs.Yaml(yaml)).ShouldBe(expected);

    [Fact]
    public void Places_count_lines_and_UTF16_columns()
    {
        var map = (DocMap)Docs.Yaml("a: 1\r\n\"😀\": [ x,\r\n  { b: \"é😀\" } ]\nlist:\n  - one\n");
        Docs.Place(map).ShouldBe("1:1-5:8");
        var emoji = map.Entries[1];
        (emoji.KeyStart, emoji.KeyEnd).ShouldBe((new Mark(2, 1), new Mark(2, 5)));
        Docs.Place(emoji.Value).ShouldBe("2:7-3:17");
        var inner = ((DocMap)((DocList)emoji.Value).Items[1]).Entries[0];
        Docs.Place(inner.Value).ShouldBe("3:8-3:13");
        Docs.Place(((DocList)map["list"]!).Items[0]).ShouldBe("5:5-5:8");
    }

    [Theory]
    [InlineData("﻿a: 1")]
    [InlineData("%YAML 1.2\n---\na: 1\n...\n")]
    public void A_byte_order_mark_and_directives_change_nothing(string yaml) => Docs.Show(Docs.Yaml(yaml)).ShouldBe("{a:1}");

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "3:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    [InlineData("x: {a: 1, \"a\": 3}", "1:11: the key \"a\" is given twice; the first is at line 1, column 5")]
    [InlineData("&a [*a]", "1:5: the alias *a lies inside its own anchor &a")]
    [InlineData("&a {x: [{y: *a}]}", "1:13: the alias *a lies inside its own anchor &a")]
    [InlineData("[*a]", "1:2: the alias *a has no anchor &a before it")]
    [InlineData("? [a]\n: b", "1:3: a list or a map is the key here; expected a text")]
    [InlineData("a: 1\n---\nb: 2", "3:1: the file holds 2 documents; expected one")]
    [InlineData("a: !Ref x", "1:4: the tag !Ref is not supported")]
    [InlineData("a: !!set {x}", "1:4: the tag !!set is not supported on a map")]
    [InlineData("a: !!int x", "1:4: \"x\" is no value of the tag !!int")]
    [InlineData("a: &b {c: 1}\nd:\n  <<: *b", "3:3: merge keys (<<) are not supported here; write the keys out")]
    [InlineData("a:\n\tb: 1", "2:1: a tab indents this line; YAML is indented with spaces")]
    [InlineData("a:\n  b: 1\n\tc: 1", "3:1: a tab indents this line; YAML is indented with spaces")]
    [InlineData("a: &b 1\nb: &b [*b]", "2:8: the alias *b lies inside its own anchor &b")]
    public void What_is_refused_is_named_at_its_place(string yaml, string expected) => Docs.Refusal(() => Docs.Yaml(yaml)).ShouldBe(expected);

    [Theory]
    [InlineData("a: [1,\nb: }")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 'x")]
    [InlineData("a: b: c")]
    [InlineData("}")]
    [InlineData("a: 1\n b: 2")]
    [InlineData("- a\nb: 1")]
    [InlineData("\"\\q\"")]
    [InlineData("@a")]
    [InlineData("%YAML 3.0\n---\na")]
    [InlineData("%TAG ! x\n%TAG ! x\n---\na")]
    [InlineData("{a: &, b: *}")]
    [InlineData("!<")]
    [InlineData("a: 1\n\0b: 2")]
    [InlineData("[a, b}: c")]
    public void Broken_structure_is_one_error_with_a_place(string yaml) => Docs.Refusal(() => Docs.Yaml(yaml)).ShouldContain("not valid YAML: ");

    [Fact]
    public void Aliases_count_with_all_that_they_stand_for()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Docs.Refusal(() => Docs.Yaml(bomb.ToString())).ShouldContain("the document has more than 1,000,000 values, aliases expanded");
    }

    [Fact]
    public void Aliases_count_with_their_depth()
    {
        var limits = DocumentLimits.Default with { MaxDepth = 4 };
        Docs.Show(Docs.Yaml("a: &a [[x]]\nb: [*a]", limits)).ShouldBe("{a:[[\"x\"]],b:[[[\"x\"]]]}");
        Docs.Refusal(() => Docs.Yaml("a: &a [[x]]\nb: [[*a]]", limits)).ShouldBe("2:6: lists and maps lie more than 4 levels deep; no deeper ones are read");
    }

    [Fact]
    public void Ten_thousand_levels_are_one_error()
    {
        Docs.Refusal(() => Docs.Yaml(new string('[', 10_000))).ShouldBe("1:257: lists and maps lie more than 256 levels deep; no deeper ones are read");
        Docs.Refusal(() => Docs.Yaml(string.Concat(Enumerable.Repeat("- ", 10_000)))).ShouldContain("levels deep");
    }

    [Fact]
    public void A_document_over_the_size_limit_is_refused_with_the_limit() =>
        Docs.Refusal(() => Docs.Yaml("a: 123456", DocumentLimits.Default with { MaxBytes = 8 })).ShouldBe("1:1: the document has 9 bytes; at most 8 are read");

    [Fact]
    public void Invalid_UTF8_is_refused_where_it_is()
    {
        byte[] bytes = [.. "a: 1\nb: é"u8, 0xFF, .. "x"u8];
        Docs.Refusal(() => DocumentReader.Read("a.yml", bytes, DocumentFormat.Yaml, DocumentLimits.Default)).ShouldBe("2:5: invalid UTF-8 (0xFF)");
    }

    [Fact]
    public void UTF16_with_a_byte_order_mark_is_decoded()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a: é")).ToArray();
        Docs.Show(DocumentReader.Read("a.yml", bytes, DocumentFormat.Yaml, DocumentLimits.Default)).ShouldBe("{a:\"é\"}");
    }

    [Fact]
    public void A_stream_may_hold_several_documents() =>
        DocumentReader.ReadAll("a.yml", "a: 1\n---\nb: 2\n"u8.ToArray(), DocumentFormat.Yaml, DocumentLimits.Default).Select(Docs.Show).ShouldBe(["{a:1}", "{b:2}"]);

    [Fact]
    public void Merge_keys_merge_where_they_are_allowed()
    {
        var limits = DocumentLimits.Default with { MergeKeys = true };
        Docs.Show(Docs.Yaml("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: [*a, *b], x: 0}\nd: {<<: *b}", limits))
            .ShouldBe("{a:{x:1,y:2},b:{y:3,z:4},c:{x:0,y:2,z:4},d:{y:3,z:4}}");
        Docs.Refusal(() => Docs.Yaml("a: {<<: 1}", limits)).ShouldBe("1:9: a merge key (<<) takes a map or a list of maps");
    }
}
