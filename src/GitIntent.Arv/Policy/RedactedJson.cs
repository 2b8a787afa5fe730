using System.Text.Json;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Policy;

/// <summary>Takes secrets out of the details of a kind, value by value: one may be spelled with escapes, and a mask must not break the JSON around it.</summary>
internal sealed class RedactedJson(Redactor redactor)
{
    public JsonElement? Of(JsonElement? details)
    {
        if (details is not { ValueKind: not JsonValueKind.Undefined } element || !HasSecret(element)) return details;

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Copy(element, json);
        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    private bool HasSecret(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => redactor.Redact(member.Name) != member.Name || HasSecret(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasSecret),
        JsonValueKind.String => Text(element) is var text && redactor.Redact(text) != text,
        _ => false,
    };

    private void Copy(JsonElement element, Utf8JsonWriter json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(redactor.Redact(member.Name));
                    Copy(member.Value, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Copy(item, json);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(redactor.Redact(Text(element)));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    /// <summary>Half a surrogate pair, which JSON can spell, is no text: then it is taken as it is written.</summary>
    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText()[1..^1];
        }
    }
}
