using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>Judges JSON, YAML, TOML and XML documents: their form, and that values agree.</summary>
internal sealed class DataKind : ICheckKind
{
    private static readonly Shape Place = new TextShape("a pointer such as /a/b, file#/pointer, or a text", allowEmpty: true);

    public string Name => "data";

    public string Doc => "JSON, YAML, TOML and XML documents: a JSON Schema, equal values, unique values.";

    public ImmutableArray<RuleInfo> Codes => DataCodes.All;

    public Shape Shape { get; } = new RecordShape(
        [
            new Key("schema", new TextShape("the path of a JSON Schema, or preset:…"), "The JSON Schema (draft 2020-12) that each document must satisfy."),
            new Key("valid", new ListShape(new SampleShape()), "Documents, or paths of some, that must satisfy the schema."),
            new Key("invalid", new ListShape(new SampleShape()), "Documents, or paths of some, that must not satisfy the schema."),
            new Key("equal", new ListShape(new TupleShape(Place, Place)), "Pairs of places whose values must be equal."),
            new Key("unique", new ListShape(new TextShape("a pointer such as /items/*/name")), "Pointers whose values must all differ."),
        ], atLeastOneOf: ["schema", "equal", "unique"]);

    public ICheck Read(DocNode block, CheckReading reading)
    {
        var map = (DocMap)block;
        var schema = map["schema"] is DocScalar path ? SchemaFile.Read(path, reading) : null;
        var rules = new DataRules
        {
            Schema = schema,
            SchemaPath = (map["schema"] as DocScalar)?.Text,
            Valid = Samples.ReadFiles(map["valid"], reading),
            Invalid = Samples.ReadFiles(map["invalid"], reading),
            Equal = EqualRule.ReadAll(map["equal"], reading),
            Unique = UniqueRule.ReadAll(map["unique"], reading),
        };
        foreach (var key in (string[])["valid", "invalid"])
        {
            if (map[key] is { } samples && map["schema"] is null)
                reading.Errors.Add(samples, $"{key}: there is no schema that the samples could be tried on");
        }
        if (schema is not null)
            Samples.TryInline(map, schema, reading.Errors);
        var hasSamples = map["valid"] is not null || map["invalid"] is not null;
        if (!reading.HasInclude && !(hasSamples && rules is { Equal.IsEmpty: true, Unique.IsEmpty: true }))
            reading.Errors.Add(map, "data: nothing says which documents; add include");
        return new DataCheck(rules with { JudgesInputs = reading.HasInclude }, new DataFindings(new FindingMaker(reading.Settings)));
    }

    /// <summary>A path, or a document written out.</summary>
    private sealed class SampleShape : Shape
    {
        public override void Check(DocNode node, string where, ConfigErrors errors)
        {
            if (node is DocScalar { Text: "" })
                errors.Add(node, $"{where}: expected the path of a document, or a document, found {Describe(node)}");
        }

        public override void WriteSchema(SchemaWriter schema)
        {
            schema.Json.WriteStartArray("type");
            foreach (var type in (string[])["string", "number", "boolean", "object", "array"])
                schema.Json.WriteStringValue(type);
            schema.Json.WriteEndArray();
            schema.Json.WriteNumber("minLength", 1);
        }
    }
}
