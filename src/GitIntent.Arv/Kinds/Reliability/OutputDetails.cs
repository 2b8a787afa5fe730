using System.Buffers;
using System.Text.Json;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>Writes the <c>details</c> of a check whose process ended: the last of what it printed.</summary>
internal static class OutputDetails
{
    /// <param name="output">Redacted.</param>
    public static JsonElement? Write(string output)
    {
        if (output.Length == 0)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("outputTail", output);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
