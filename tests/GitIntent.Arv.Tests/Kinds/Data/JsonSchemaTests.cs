using System.Globalization;
using GitIntent.Arv.Schemas;
using GitIntent.Arv.Tests.Documents;

namespace GitIntent.Arv.Tests.Kinds.Data;

/// <summary>Each keyword once, red and green, with its words; the official suite has the corners.</summary>
public class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type": "integer"}""", "1.0", "1.5", "1:1: expected a whole number, found 1.5")]
    [InlineData("""{"type": ["string", "null"]}""", "null", "1", "1:1: expected a text or null, found 1")]
    [InlineData("""{"enum": ["red", "green", 1]}""", "1.0", "\"gren\"", "1:1: expected one of \"red\", \"green\", 1, found \"gren\"; did you mean \"green\"?")]
    [InlineData("""{"const": {"a": [1]}}""", "{\"a\": [1.0]}", "{\"a\": [2]}", "1:1: expected a map of 1 key, found a map of 1 key")]
    [InlineData("""{"multipleOf": 0.01}""", "4.35", "4.355", "1:1: expected a multiple of 0.01, found 4.355")]
    [InlineData("""{"minimum": 1e400}""", "1e401", "9e399", "1:1: expected at least 1e400, found 9e399")]
    [InlineData("""{"exclusiveMinimum": -0.5}""", "-0.4999", "-0.50", "1:1: expected more than -0.5, found -0.50")]
    [InlineData("""{"maximum": 100}""", "1e2", "100.00000000000000000001", "1:1: expected at most 100, found 100.00000000000000000001")]
    [InlineData("""{"exclusiveMaximum": 0}""", "-1e-400", "0", "1:1: expected less than 0, found 0")]
    [InlineData("""{"minLength": 2}""", "\"😀😀\"", "\"😀\"", "1:1: expected at least 2 characters, found 1")]
    [InlineData("""{"maxLength": 1}""", "\"😀\"", "\"ab\"", "1:1: expected at most 1 characters, found 2")]
    [InlineData("""{"pattern": "^a$"}""", "\"a\"", "\"a\\n\"", "1:1: \"a\\n\" does not match the pattern ^a$")]
    [InlineData("""{"minItems": 1}""", "[0]", "[]", "1:1: expected at least 1 items, found 0")]
    [InlineData("""{"uniqueItems": true}""", "[1, \"1\"]", "[1, 2, 1.0]", "1:1: items 0 and 2 are equal (1.0); expected all to differ")]
    [InlineData("""{"contains": {"const": 1}, "maxContains": 1}""", "[1, 2]", "[1, 1]", "1:1: expected at most 1 items of the form that the list must contain, found 2")]
    [InlineData("""{"minProperties": 1}""", "{\"a\": 1}", "{}", "1:1: expected at least 1 keys, found 0")]
    [InlineData("""{"required": ["a"]}""", "{\"a\": 1}", "{}", "1:1: the key \"a\" is missing")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}}""", "{\"a\": 1, \"b\": 1}", "{\"a\": 1}", "1:2: the key \"b\" is missing, which \"a\" needs")]
    [InlineData("""{"properties": {"name": {}}, "additionalProperties": false}""", "{\"name\": 1}", "{\"nmae\": 1}", "1:2: the key \"nmae\" is not allowed; did you mean \"name\"?")]
    [InlineData("""{"properties": {"a": false}}""", "{}", "{\"a\": 1}", "1:2: the key \"a\" is not allowed")]
    [InlineData("""{"patternProperties": {"^x": {"type": "number"}}}""", "{\"y\": \"\"}", "{\"x1\": \"\"}", "1:8: expected a number, found \"\"")]
    [InlineData("""{"propertyNames": {"maxLength": 1}}""", "{\"a\": 1}", "{\"ab\": 1}", "1:2: expected at most 1 characters, found 2")]
    [InlineData("""{"prefixItems": [{"type": "number"}], "items": false}""", "[1]", "[1, 2]", "1:5: no value is allowed here")]
    [InlineData("""{"allOf": [{"minimum": 1}, {"maximum": 2}]}""", "2", "3", "1:1: expected at most 2, found 3")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"properties": {"a": {"minimum": 1}}, "type": "object"}]}""", "\"\"", "{\"a\": 0}",
        "1:1: a map of 1 key fits none of the 2 allowed forms; nearest: at /a: expected at least 1, found 0")]
    [InlineData("""{"oneOf": [{"minimum": 1}, {"maximum": 2}]}""", "3", "1", "1:1: fits two of the allowed forms, number 1 and number 2, where exactly one may fit")]
    [InlineData("""{"not": {"type": "null"}}""", "1", "null", "1:1: null has the form that is not allowed here")]
    [InlineData("""{"if": {"minimum": 10}, "then": {"multipleOf": 10}, "else": {"maximum": 5}}""", "20", "7", "1:1: expected at most 5, found 7")]
    [InlineData("""{"dependentSchemas": {"a": {"required": ["b"]}}}""", "{}", "{\"a\": 1}", "1:1: the key \"b\" is missing")]
    [InlineData("""{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}""", "{\"a\": 1}", "{\"b\": 1}", "1:2: the key \"b\" is not allowed")]
    [InlineData("""{"prefixItems": [{}], "unevaluatedItems": false}""", "[1]", "[1, 2]", "1:5: no value is allowed here")]
    [InlineData("""{"$ref": "#/$defs/a", "$defs": {"a": {"$anchor": "x", "items": {"$ref": "#x"}}, "b": {}}, "type": "array"}""", "[[[]]]", "1", "1:1: expected a list, found 1")]
    [InlineData("""{"$defs": {"n": {"$dynamicAnchor": "n", "type": "number"}}, "items": {"$dynamicRef": "#n"}}""", "[1]", "[\"\"]", "1:2: expected a number, found \"\"")]
    [InlineData("""{"$ref": "https://json-schema.org/draft/2020-12/schema"}""", "{\"type\": \"string\"}", "{\"minLength\": -1}", "1:15: expected at least 0, found -1")]
    [InlineData("false", "", "1", "1:1: no value is allowed here")]
    public void A_keyword_has_its_green_and_its_red(string schema, string good, string bad, string expected)
    {
        var read = Read(schema);
        if (good.Length > 0)
            read.Validate(Docs.Json(good), CancellationToken.None).ShouldBeEmpty();
        read.IsValid(Docs.Json(bad), CancellationToken.None).ShouldBeFalse();
        string.Join('\n', read.Validate(Docs.Json(bad), CancellationToken.None).Select(v => $"{v.Start.Line}:{v.Start.Column}: {v.Message}")).ShouldStartWith(expected);
    }

    [Fact]
    public void Format_and_content_are_annotations()
    {
        var schema = Read("""{"format": "date", "contentEncoding": "base64", "contentSchema": {"type": "string"}, "title": "t", "default": 1, "x-owner": "me"}""");
        schema.IsValid(Docs.Json("\"not a date\""), CancellationToken.None).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"type": "strin"}""", "1:10: not a good schema: expected one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\", found \"strin\"; did you mean \"string\"?")]
    [InlineData("""{"properties": {"a": {"minLength": "1"}}}""", "1:36: not a good schema: expected a whole number, found \"1\"")]
    [InlineData("""[]""", "1:1: not a good schema: expected a map or true or false, found an empty list")]
    [InlineData("""{"requird": ["a"]}""", "1:2: unknown keyword \"requird\"; did you mean \"required\"? expected one of JSON Schema draft 2020-12, or one that starts with x-")]
    [InlineData("""{"additionalItems": false}""", "1:2: unknown keyword \"additionalItems\"; draft 2020-12 has items (and prefixItems for the first ones) instead; expected one of")]
    [InlineData("""{"items": [{"type": "string"}]}""", "1:11: not a good schema: expected a map or true or false, found a list of 1 item")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#"}""", "1:13: the schema is of \"http://json-schema.org/draft-07/schema#\"; expected https://json-schema.org/draft/2020-12/schema")]
    [InlineData("""{"$ref": "other.json"}""", "1:10: \"other.json\" refers to another document (arv://document/other.json); nothing is fetched")]
    [InlineData("""{"$ref": "https://example.com/s"}""", "1:10: \"https://example.com/s\" refers to another document (https://example.com/s); nothing is fetched")]
    [InlineData("""{"$ref": "#/$defs/a"}""", "1:10: \"#/$defs/a\" refers to nothing: there is no \"$defs\" there")]
    [InlineData("""{"$ref": "#nam", "$defs": {"a": {"$anchor": "name"}}}""", "1:10: \"#nam\" refers to nothing: there is no $anchor \"nam\" there; did you mean \"name\"?")]
    [InlineData("""{"$ref": "#/title", "title": "t"}""", "1:10: \"#/title\" refers to something that is no schema: expected a map or true or false, found \"t\"")]
    [InlineData("""{"$ref": "#/default", "default": {"required": 1}}""", "1:10: \"#/default\" refers to something that is no schema: expected a list, found 1")]
    [InlineData("""{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}""", "1:52: the anchor \"x\" is given twice; the first is at line 1")]
    [InlineData("""{"$defs": {"a": {"$id": "urn:x"}, "b": {"$id": "urn:x"}}}""", "1:40: the $id urn:x is given twice; the first is at line 1")]
    [InlineData("""{"pattern": "(?=a)"}""", "1:13: the pattern (?=a) is not supported: look-around cannot be matched in linear time")]
    [InlineData("""{"patternProperties": {"(a)\\1": {}}}""", "1:24: the pattern (a)\\1 is not supported: the back-reference \\1 cannot be matched in linear time")]
    public void A_mistake_in_a_schema_is_named_at_its_place(string schema, string expected)
    {
        var errors = new List<SchemaError>();
        JsonSchema.Read(Docs.Json(schema), SchemaOptions.Strict, errors).ShouldBeNull();
        string.Join('\n', errors.Select(e => $"{e.Mark.Line}:{e.Mark.Column}: {e.Message}")).ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("""{"$ref": "#"}""")]
    [InlineData("""{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#"}]}}}""")]
    [InlineData("""{"$dynamicAnchor": "a", "$dynamicRef": "#a"}""")]
    public void A_schema_that_refers_to_itself_in_a_circle_ends_in_an_error(string schema) =>
        Should.Throw<SchemaRunException>(() => Read(schema).Validate(Docs.Json("1"), CancellationToken.None)).Message.ShouldContain("never ends");

    [Fact]
    public void Choices_inside_choices_do_not_double_the_work_with_each_level()
    {
        var schema = Read("""{"oneOf": [{"type": "string"}, {"properties": {"a": {"$ref": "#"}}, "type": "object", "required": ["a"]}]}""");
        var deep = string.Concat(Enumerable.Repeat("{\"a\": ", 100)) + "1" + new string('}', 100);
        schema.Validate(Docs.Json(deep), CancellationToken.None).Count.ShouldBe(1);
    }

    [Fact]
    public void A_schema_that_asks_for_too_much_work_ends_in_an_error()
    {
        var schema = Read("""{"properties": {"a": {"anyOf": [{"allOf": [{"$ref": "#"}, false]}, {"$ref": "#"}]}, "b": false}}""");
        var deep = string.Concat(Enumerable.Repeat("{\"a\": ", 60)) + "{\"b\": 1}" + new string('}', 60);
        Should.Throw<SchemaRunException>(() => schema.Validate(Docs.Json(deep), CancellationToken.None, maxSteps: 10_000)).Message.ShouldContain("more than 10,000 steps");
    }

    private static JsonSchema Read(string schema)
    {
        var errors = new List<SchemaError>();
        var read = JsonSchema.Read(Docs.Json(schema), SchemaOptions.Strict, errors);
        errors.ShouldBeEmpty(string.Join('\n', errors.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e}"))));
        return read!;
    }
}
