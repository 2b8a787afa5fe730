using System.Collections.Immutable;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>One value, or a list of such: <c>a.json</c> or <c>[a.json, b.json]</c>.</summary>
internal sealed class OneOrListShape(Shape item) : Shape
{
    private readonly ListShape _list = new(item);

    public override void Check(DocNode node, string where, ConfigErrors errors) =>
        (node is DocList ? _list : item).Check(node, where, errors);

    public override void WriteSchema(SchemaWriter schema)
    {
        schema.Json.WriteStartArray("anyOf");
        foreach (var shape in new[] { item, _list })
        {
            schema.Json.WriteStartObject();
            shape.WriteSchema(schema);
            schema.Json.WriteEndObject();
        }
        schema.Json.WriteEndArray();
    }

    public static ImmutableArray<DocScalar> Read(DocNode? node) => node switch
    {
        DocScalar scalar => [scalar],
        DocList list => [.. list.Items.OfType<DocScalar>()],
        _ => [],
    };
}
