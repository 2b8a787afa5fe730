using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Planning;

/// <summary>Identifies a plan: SHA-256 over the merged configuration, without places, comments and style, and over the files that it names.</summary>
internal static class PlanDigest
{
    public static string Of(DocMap config, IEnumerable<KeyValuePair<string, byte[]>> resources)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            Write(json, config);
            foreach (var (name, bytes) in resources.OrderBy(static r => r.Key, StringComparer.Ordinal))
            {
                json.WriteStringValue(name);
                json.WriteStringValue(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
            json.WriteEndArray();
        }
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, DocNode node)
    {
        switch (node)
        {
            case DocMap map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value);
                }
                json.WriteEndObject();
                break;
            case DocList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case DocScalar scalar: // its type is its key's business, so its text is all there is to it
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
