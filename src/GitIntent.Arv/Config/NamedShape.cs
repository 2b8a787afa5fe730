using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>A form that stands in several places of the grammar: written once in the schema, and referred to.</summary>
internal sealed class NamedShape(string name, Shape shape) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors) => shape.Check(node, where, errors);

    public override void WriteSchema(SchemaWriter schema)
    {
        schema.Json.WriteString("$ref", "#/$defs/" + schema.NameOf(name));
        schema.Define(name, shape);
    }
}
