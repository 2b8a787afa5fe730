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
            json.WriteStartObject("if");
            json.WriteStartArray("required");
            json.WriteStringValue("extends");
            json.WriteEndArray();
            json.WriteEndObject();
            foreach (var (branch, partial) in new[] { ("then", true), ("else", false) })
            {
                json.WriteStartObject(branch);
                ConfigGrammar.Root.WriteSchema(new SchemaWriter(json, partial));
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
