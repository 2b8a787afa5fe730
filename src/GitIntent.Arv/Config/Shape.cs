using System.Text.Json;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <param name="Json">Where the schema goes.</param>
/// <param name="Partial">Whether it is for a file that extends others: what is missing in it may come from them.</param>
/// <param name="Definitions">The forms that are referred to by name, and are to be written at the end.</param>
internal sealed record SchemaWriter(Utf8JsonWriter Json, bool Partial, Dictionary<string, (Shape Shape, bool Partial)> Definitions)
{
    public string NameOf(string name) => Partial ? name + "-partial" : name;

    public void Define(string name, Shape shape) => Definitions.TryAdd(NameOf(name), (shape, Partial));
}

/// <summary>
/// The declared form of a value in <c>arv.yml</c>. The reader's errors and <c>config schema</c> both come from it, so they
/// cannot drift apart. A kind declares its block with it; what a form cannot say, the kind checks when it reads the block.
/// </summary>
internal abstract class Shape
{
    /// <summary>Reports everything that is not of this form, at its place.</summary>
    /// <param name="where">What the value is called in messages, for example <c>check "serving"</c>.</param>
    public abstract void Check(DocNode node, string where, ConfigErrors errors);

    /// <summary>Writes the members of the JSON Schema (draft 2020-12) of this form; the object is open already.</summary>
    public abstract void WriteSchema(SchemaWriter schema);

    internal static string Describe(DocNode node) => node switch
    {
        DocMap => "a map",
        DocList => "a list",
        DocScalar { Type: ScalarType.Null, Text: "" } => "nothing",
        DocScalar s => $"\"{Shorten(s.Text)}\"",
        _ => "this",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";
}
