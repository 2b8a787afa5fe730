using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>Whatever is written: for keys that are known and not built yet, and for values that are data.</summary>
internal sealed class AnyShape : Shape
{
    public static readonly AnyShape Instance = new();

    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
    }

    public override void WriteSchema(SchemaWriter schema)
    {
    }
}
