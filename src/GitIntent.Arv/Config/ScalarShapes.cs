using System.Globalization;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>A scalar, read as text whatever YAML 1.1 would make of it: <c>message: no</c> is the text "no".</summary>
/// <param name="expected">What is expected, in words: <c>a rule id such as ABC001</c>.</param>
/// <param name="pattern">The JSON Schema pattern that every good value matches, or null.</param>
/// <param name="accept">Whether a value is good; null accepts every text.</param>
internal sealed class TextShape(string expected = "a text", string? pattern = null, Func<string, bool>? accept = null, bool allowEmpty = false) : Shape
{
    private static readonly string[] Scalars = ["string", "number", "boolean"];

    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocScalar scalar || (scalar.Type == ScalarType.Null && scalar.Text.Length == 0 && !allowEmpty))
            errors.Add(node, $"{where}: expected {expected}, found {Describe(node)}");
        else if ((scalar.Text.Length == 0 && !allowEmpty) || (accept is not null && !accept(scalar.Text)))
            errors.Add(node, $"{where}: expected {expected}, found {Describe(node)}");
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        // Numbers and booleans are texts here, unless they could be no good one: an editor's YAML reader types them before the schema sees them.
        json.WriteStartArray("type");
        foreach (var type in pattern is null ? Scalars : ["string"])
            json.WriteStringValue(type);
        json.WriteEndArray();
        if (pattern is not null)
            json.WriteString("pattern", pattern);
        if (!allowEmpty)
            json.WriteNumber("minLength", 1);
    }
}

/// <summary>One of a few words.</summary>
internal sealed class WordShape(params string[] words) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocScalar scalar || !words.Contains(scalar.Text, StringComparer.Ordinal))
        {
            var hint = node is DocScalar s ? Words.DidYouMean(s.Text, words) : "";
            errors.Add(node, $"{where}: expected {(words is [var only] ? only : "one of " + string.Join(", ", words))}, found {Describe(node)};{hint}".TrimEnd(';'));
        }
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteStartArray("enum");
        foreach (var word in words)
        {
            json.WriteStringValue(word);
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) // an editor's YAML reader makes a number of it
                json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }
}

internal sealed class BooleanShape : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocScalar { Text: "true" or "false" })
            errors.Add(node, $"{where}: expected true or false, found {Describe(node)}");
    }

    public override void WriteSchema(SchemaWriter schema) => schema.Json.WriteString("type", "boolean");
}

internal sealed class IntegerShape(long min, long max) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocScalar scalar
            || !long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value < min || value > max)
        {
            errors.Add(node, $"{where}: expected a whole number from {min} to {max}, found {Describe(node)}");
        }
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", min);
        json.WriteNumber("maximum", max);
    }
}
