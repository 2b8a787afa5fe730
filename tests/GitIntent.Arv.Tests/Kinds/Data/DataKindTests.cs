using GitIntent.Arv.Kinds.Data;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Data;

public sealed class DataKindTests : IDisposable
{
    private const string Schema = """{"type": "object", "properties": {"id": {"type": "string"}, "n": {"minimum": 1}}, "required": ["id"], "additionalProperties": false}""";

    private readonly TempFolder _folder = new();
    private readonly KindRun _run;

    public DataKindTests() => _run = new KindRun(new DataKind(), _folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.json", "{\"id\": \"x\"}", "")]
    [InlineData("a.json", "{\n \"id\": 1}", "ARV2001 a.json:2:8 /id: expected a text, found 1")]
    [InlineData("a.json", "{}", "ARV2001 a.json:1:1 the key \"id\" is missing")]
    [InlineData("a.yml", "id: x\nm: 2\n", "ARV2001 a.yml:2:1 /m: the key \"m\" is not allowed; expected one of id, n")]
    [InlineData("a.yaml", "id: x\n---\nid: x\nn: 0", "ARV2001 a.yaml:4:4 /n: expected at least 1, found 0")]
    [InlineData("a.toml", "id = 'x'\nn = 0", "ARV2001 a.toml:2:5 /n: expected at least 1, found 0")]
    [InlineData("a.yml", "", "ARV2001 a.yml:1:1 expected a map, found null")]
    [InlineData("a.json", "{\"id\": \"x\",}", "ARV2004 a.json:1:12 not valid JSON: expected another item after the comma")]
    [InlineData("a.yml", "id: x\nid: y", "ARV2004 a.yml:2:1 the key \"id\" is given twice; the first is at line 1, column 1")]
    [InlineData("a.yml", "b: &b {id: x}\n<<: *b", "ARV2001 a.yml:1:1 /b: the key \"b\" is not allowed")]
    public void A_document_that_is_not_as_its_schema_says_is_a_finding_at_its_place(string path, string text, string expected)
    {
        _folder.Write("s/schema.json", Schema).Write(path, text);
        _run.Say("schema: s/schema.json", "a.*").ShouldStartWith(expected);
        if (expected.Length == 0)
            _run.Say("schema: s/schema.json", "a.*").ShouldBe("");
    }

    [Fact]
    public void A_file_that_by_its_name_is_no_document_refuses()
    {
        _folder.Write("s.json", Schema).Write("d/a.json", "{\"id\": \"x\"}").Write("d/b.txt", "{}");
        _run.Say("schema: s.json", "d/").ShouldBe("refused: d/b.txt: by its name no JSON, YAML, TOML or XML; narrow include");
    }

    [Theory]
    [InlineData("[/v, /w]", "")]
    [InlineData("[/v, /text]", "ARV2002 d/a.json:1:6 /v is 1.0; expected \"1.0\", as /text")]
    [InlineData("[/v, '1.0']", "")]
    [InlineData("['1.0', /v]", "")]
    [InlineData("[/v, '1']", "ARV2002 d/a.json:1:6 /v is 1.0; expected \"1\"")]
    [InlineData("[/id, '{id}']", "")]
    [InlineData("[/text, '{id}']", "ARV2002 d/a.json:1:32 /text is \"1.0\"; expected \"x\", as {id}")]
    [InlineData("[/v, 'o.toml#/v']", "ARV2002 d/a.json:1:6 /v is 1.0; expected 2, as o.toml#/v")]
    [InlineData("['o.toml#/v', /v]", "ARV2002 o.toml:1:5 /v is 2; expected 1.0, as d/a.json#/v")]
    [InlineData("[/list/*/v, /v]", "ARV2002 d/a.json:1:59 /list/1/v is 3; expected 1.0, as /v")]
    [InlineData("[/same/*, /v]", "")]
    [InlineData("[/v, /same/*]", "")]
    [InlineData("[/nothing, /v]", "ARV2007 d/a.json:1:1 /nothing selects nothing: the document has no \"nothing\"")]
    [InlineData("[/v, /list/*/w]", "ARV2007 d/a.json:1:46 /list/*/w selects nothing: /list/0 has no \"w\"\nARV2007 d/a.json:1:54 /list/*/w selects nothing: /list/1 has no \"w\"")]
    [InlineData("[/empty/*, /v]", "ARV2007 d/a.json:1:1 /empty/* selects nothing")]
    [InlineData("[/empty/*, /empty/*]", "ARV2007 d/a.json:1:1 /empty/* selects nothing")]
    [InlineData("[/v, 'no.json#/v']", "ARV2007 -:1:1 there is no file no.json (no.json#/v)")]
    [InlineData("[/v, '../o.json#/v']", "ARV2007 -:1:1 there is no file ../o.json (../o.json#/v)")]
    [InlineData("[/v, 'bad.json#/v']", "ARV2004 bad.json:1:2 not valid JSON: expected a key in double quotes or }, found the end")]
    [InlineData("['/byId/{id}/v', /v]", "")]
    [InlineData("['#/v', /w]", "")]
    [InlineData("['', /v]", "ARV2002 d/a.json:1:1  is a map of 8 keys; expected 1.0, as /v")]
    public void Values_of_two_places_must_be_equal(string pair, string expected)
    {
        _folder.Write("d/a.json", """{"v":1.0,"w":1,"id":"x","text":"1.0","list":[{"v":1},{"v":3}],"same":[1,1.00,10e-1],"empty":[],"byId":{"x":{"v":1}}}""")
            .Write("o.toml", "v = 2\n").Write("bad.json", "{");
        _run.Names["id"] = "x";
        _run.Say($"equal: [{pair}]", "d/").ShouldBe(expected);
    }

    [Theory]
    [InlineData("/tools/*/name", "ARV2003 a.json:3:9 /tools/2/name is \"x\", as /tools/0/name (line 1) is already")]
    [InlineData("/tools/*/n", "ARV2003 a.json:2:20 /tools/1/n is 1.0, as /tools/0/n (line 1) is already")]
    [InlineData("/tools/*/o", "ARV2007 a.json:1:11 /tools/*/o selects nothing: /tools/0 has no \"o\"")]
    [InlineData("/toolz/*/name", "ARV2007 a.json:1:1 /toolz/*/name selects nothing: the document has no \"toolz\"")]
    [InlineData("/none/*/name", "")]
    public void Values_of_a_pointer_must_differ(string place, string expected)
    {
        _folder.Write("a.json", "{\"tools\":[{\"name\":\"x\",\"n\":1},\n {\"name\":\"X\",\"n\":  1.0},\n{\"name\":\"x\"}],\"none\":[]}");
        _run.Say($"unique: [{place}]", "a.json").ShouldBe(expected);
    }

    [Fact]
    public void A_pointer_without_a_star_is_unique_over_all_documents()
    {
        _folder.Write("a.json", "{\"id\": 1}").Write("b.json", "{\"id\": 2}").Write("c.yml", "id: 1");
        _run.Say("unique: [/id]", "*.json").ShouldBe("");
        _run.Say("unique: [/id]", "*.json", "*.yml").ShouldBe("ARV2003 c.yml:1:5 /id is 1, as a.json#/id (line 1) is already");
    }

    [Fact]
    public void Sample_files_are_tried_when_the_check_runs()
    {
        _folder.Write("s.json", Schema).Write("good/a.json", "{\"id\": \"x\"}").Write("bad/a.json", "{}").Write("broken.json", "{");
        _run.Say("{ schema: s.json, valid: [good/], invalid: [bad/a.json] }").ShouldBe("");
        _run.Say("{ schema: s.json, valid: ['bad/*'], invalid: [good/a.json] }").ShouldBe(
            "ARV2005 bad/a.json:1:1 the schema rejects this sample, which it must accept: the key \"id\" is missing\nARV2006 good/a.json:1:1 the schema accepts this sample, which it must reject");
        _run.Say("{ schema: s.json, valid: [no.json], invalid: ['no/*'] }").ShouldBe("ARV2005 -:1:1 there is no sample no.json\nARV2006 -:1:1 there is no sample no/*");
        _run.Say("{ schema: s.json, invalid: [broken.json] }").ShouldBe("ARV2004 broken.json:1:2 not valid JSON: expected a key in double quotes or }, found the end");
    }

    [Theory]
    [InlineData("{ schema: s.json, valid: [{ id: x }], invalid: [{ id: 1 }, []] }", "")]
    [InlineData("{ schema: s.json, valid: [{ id: 1 }] }", "1:33: valid: the schema rejects this sample: expected a text, found 1")]
    [InlineData("{ schema: s.json, invalid: [{ id: x }] }", "1:29: invalid: the schema accepts this sample")]
    [InlineData("{ schema: no.json }", "1:11: schema: there is no file no.json; expected a path from the root of the repository, or preset:…")]
    [InlineData("{ schema: typo.json }", "typo.json:1:20: not a good schema: expected one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\", found \"strng\"; did you mean \"string\"?")]
    [InlineData("{ schema: keyword.json }", "keyword.json:1:2: unknown keyword \"propertys\"; did you mean \"properties\"? expected one of JSON Schema draft 2020-12, or one that starts with x-")]
    [InlineData("{ schema: broken.json }", "broken.json:1:2: not valid JSON: expected a key in double quotes or }, found the end")]
    [InlineData("{ schema: loop.json, valid: [{}] }", "1:30: the schema cannot be tried on this sample: the schema at line 1, column 1 refers to itself without going into the value: that never ends")]
    [InlineData("{ equal: [[/a, b]], valid: [{}] }", "1:28: valid: there is no schema that the samples could be tried on")]
    [InlineData("{ equal: [[a, b]] }", "1:11: equal: neither side is a place in a document; a place is /a/b or file#/a/b")]
    [InlineData("{ equal: [[/a~b, b]] }", "1:12: \"/a~b\" is no pointer; after ~ expected 0 (for ~), 1 (for /) or 2 (for *)")]
    [InlineData("{ equal: [[/a]] }", "1:11: check \"c\": equal: expected a list of 2, found a list")]
    [InlineData("{ unique: [a/b] }", "1:12: \"a/b\" is no pointer; expected one such as /a/b or /items/*/name")]
    [InlineData("{ valid: [a.json] }", "1:1: check \"c\": expected at least one of schema, equal, unique, found none")]
    public void A_mistake_in_the_block_or_its_schema_is_named_at_its_place(string block, string expected)
    {
        _folder.Write("s.json", Schema).Write("typo.json", "{\"x-a\": 1, \"type\": \"strng\"}").Write("keyword.json", "{\"propertys\": {}}")
            .Write("broken.json", "{").Write("loop.json", "{\"$ref\": \"#\"}");
        _run.Mistakes(block).ShouldBe(expected);
    }

    [Fact]
    public void A_schema_that_never_ends_refuses_the_run()
    {
        _folder.Write("s/loop.json", "{\"anyOf\": [{\"$ref\": \"#\"}]}").Write("a.json", "{}");
        _run.Say("schema: s/loop.json", "a.json").ShouldBe("refused: a.json: s/loop.json: the schema at line 1, column 1 refers to itself without going into the value: that never ends");
    }

    [Fact]
    public void Without_include_only_samples_can_be_judged()
    {
        _folder.Write("s.json", Schema);
        _run.Mistakes("{ schema: s.json }", hasInclude: false).ShouldBe("1:1: data: nothing says which documents; add include");
        _run.Mistakes("{ schema: s.json, valid: [{ id: x }] }", hasInclude: false).ShouldBe("");
        _run.Read("{ schema: s.json, valid: [{ id: x }] }", hasInclude: false).NeedsInputs.ShouldBeFalse();
        _run.Read("{ schema: s.json }").NeedsInputs.ShouldBeTrue();
    }

    [Fact]
    public void The_evidence_names_every_document_that_was_read()
    {
        _folder.Write("a.json", "{\"v\": 1}").Write("o.toml", "v = 1");
        var evidence = _run.Run("equal: [[/v, 'o.toml#/v']]", "a.json").Evidence;
        evidence.Paths.ShouldBe(["a.json", "o.toml"]);
        evidence.Read.ShouldBe(2);
    }

    [LinuxFact]
    public void Another_document_that_cannot_be_reached_refuses()
    {
        _folder.Write("a.json", "{\"v\": 1}").Link("o.json", "nowhere");
        _run.Say("equal: [[/v, 'o.json#/v']]", "a.json").ShouldBe("refused: o.json: dangling link");
    }

    [Fact]
    public void A_finding_spans_its_value_and_is_anchored_by_its_pointer()
    {
        _folder.Write("s/s.json", Schema).Write("a.json", "{\"id\": 12}");
        var finding = _run.Run("schema: s/s.json", "a.json").Findings.Single();
        (finding.Span, finding.Anchor).ShouldBe((new TextSpan(1, 8, 1, 10), "/id"));
    }

    [Fact]
    public void Attributes_and_elements_of_XML_are_places()
    {
        _folder.Write("a.csproj", "<Project Sdk=\"x\">\n  <PropertyGroup>\n    <Version>1.0</Version>\n  </PropertyGroup>\n</Project>");
        _run.Say("equal: [[/Project/PropertyGroup/Version, '1.0'], [/Project/@Sdk, x]]", "*.csproj").ShouldBe("");
        _run.Say("equal: [[/Project/PropertyGroup/Version, '2.0']]", "*.csproj").ShouldBe("ARV2002 a.csproj:3:5 /Project/PropertyGroup/Version is \"1.0\"; expected \"2.0\"");
    }
}
