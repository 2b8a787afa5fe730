using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>
/// The form of a schema, stated as a schema, in one document for all vocabularies (json-schema.org/draft/2020-12). Lists of names that
/// must be good regexes or addresses are checked where they are read.
/// </summary>
internal static class Metaschema
{
    public const string Address = "https://json-schema.org/draft/2020-12/schema";
    public const string ValidationVocabulary = "https://json-schema.org/draft/2020-12/vocab/validation";

    private const string Text = """
        {
          "$id": "https://json-schema.org/draft/2020-12/schema",
          "$dynamicAnchor": "meta",
          "type": ["object", "boolean"],
          "properties": {
            "$id": { "type": "string", "pattern": "^[^#]*#?$" },
            "$schema": { "type": "string" },
            "$ref": { "type": "string" },
            "$dynamicRef": { "type": "string" },
            "$anchor": { "$ref": "#/$defs/anchor" },
            "$dynamicAnchor": { "$ref": "#/$defs/anchor" },
            "$vocabulary": { "type": "object", "additionalProperties": { "type": "boolean" } },
            "$comment": { "type": "string" },
            "$defs": { "$ref": "#/$defs/schemas" },
            "definitions": { "$ref": "#/$defs/schemas" },
            "prefixItems": { "$ref": "#/$defs/list" },
            "items": { "$dynamicRef": "#meta" },
            "contains": { "$dynamicRef": "#meta" },
            "additionalProperties": { "$dynamicRef": "#meta" },
            "properties": { "$ref": "#/$defs/schemas" },
            "patternProperties": { "$ref": "#/$defs/schemas" },
            "dependentSchemas": { "$ref": "#/$defs/schemas" },
            "propertyNames": { "$dynamicRef": "#meta" },
            "if": { "$dynamicRef": "#meta" },
            "then": { "$dynamicRef": "#meta" },
            "else": { "$dynamicRef": "#meta" },
            "allOf": { "$ref": "#/$defs/list" },
            "anyOf": { "$ref": "#/$defs/list" },
            "oneOf": { "$ref": "#/$defs/list" },
            "not": { "$dynamicRef": "#meta" },
            "unevaluatedItems": { "$dynamicRef": "#meta" },
            "unevaluatedProperties": { "$dynamicRef": "#meta" },
            "contentSchema": { "$dynamicRef": "#meta" },
            "type": {
              "if": { "type": "array" },
              "then": { "items": { "$ref": "#/$defs/type" }, "minItems": 1, "uniqueItems": true },
              "else": { "$ref": "#/$defs/type" }
            },
            "enum": { "type": "array" },
            "multipleOf": { "type": "number", "exclusiveMinimum": 0 },
            "maximum": { "type": "number" },
            "exclusiveMaximum": { "type": "number" },
            "minimum": { "type": "number" },
            "exclusiveMinimum": { "type": "number" },
            "maxLength": { "$ref": "#/$defs/count" },
            "minLength": { "$ref": "#/$defs/count" },
            "pattern": { "type": "string" },
            "maxItems": { "$ref": "#/$defs/count" },
            "minItems": { "$ref": "#/$defs/count" },
            "uniqueItems": { "type": "boolean" },
            "maxContains": { "$ref": "#/$defs/count" },
            "minContains": { "$ref": "#/$defs/count" },
            "maxProperties": { "$ref": "#/$defs/count" },
            "minProperties": { "$ref": "#/$defs/count" },
            "required": { "$ref": "#/$defs/names" },
            "dependentRequired": { "type": "object", "additionalProperties": { "$ref": "#/$defs/names" } },
            "title": { "type": "string" },
            "description": { "type": "string" },
            "deprecated": { "type": "boolean" },
            "readOnly": { "type": "boolean" },
            "writeOnly": { "type": "boolean" },
            "examples": { "type": "array" },
            "format": { "type": "string" },
            "contentEncoding": { "type": "string" },
            "contentMediaType": { "type": "string" }
          },
          "$defs": {
            "anchor": { "type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$" },
            "schemas": { "type": "object", "additionalProperties": { "$dynamicRef": "#meta" } },
            "list": { "type": "array", "minItems": 1, "items": { "$dynamicRef": "#meta" } },
            "names": { "type": "array", "items": { "type": "string" }, "uniqueItems": true },
            "count": { "type": "integer", "minimum": 0 },
            "type": { "enum": ["array", "boolean", "integer", "null", "number", "object", "string"] }
          }
        }
        """;

    public static readonly DocNode Document = DocumentReader.Read("metaschema.json", Encoding.UTF8.GetBytes(Text), DocumentFormat.Json, DocumentLimits.Default);

    public static readonly JsonSchema Schema = JsonSchema.ReadUnchecked(Document, SchemaOptions.Strict, [])!;

    /// <summary>Whether this is the metaschema's address, or that of one of its vocabularies (which are one here).</summary>
    public static bool Has(string address) =>
        address.TrimEnd('#') == Address || address.StartsWith("https://json-schema.org/draft/2020-12/meta/", StringComparison.Ordinal);
}
