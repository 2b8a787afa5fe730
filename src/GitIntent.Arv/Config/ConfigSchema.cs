using System.Text;
using System.Text.Json;

namespace GitIntent.Arv.Config;

/// <summary>The JSON Schema (draft 2020-12) of <c>arv.yml</c>, made of the same declared forms as the reader's errors.</summary>
internal static class ConfigSchema
{
    public static string Text()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "arv.yml");
            json.WriteString("description", "The gates that decide whether a repository is ready.");
            var definitions = new Dictionary<string, (Shape Shape, bool Partial)>(StringComparer.Ordinal);
            json.WriteStartObject("if");
            json.WriteStartArray("required");
            json.WriteStringValue("extends");
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var (branch, partial) in new[] { ("then", true), ("else", false) })
            {
                json.WriteStartObject(branch);
                ConfigGrammar.Root.WriteSchema(new SchemaWriter(json, partial, definitions));
                json.WriteEndObject();
            }
            WriteDefinitions(json, definitions);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>A definition may refer to others, which are then to be written too.</summary>
    private static void WriteDefinitions(Utf8JsonWriter json, Dictionary<string, (Shape Shape, bool Partial)> definitions)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject("$defs");
        while (definitions.Keys.FirstOrDefault(name => !written.Contains(name)) is { } name)
        {
            written.Add(name);
            json.WriteStartObject(name);
            definitions[name].Shape.WriteSchema(new SchemaWriter(json, definitions[name].Partial, definitions));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
