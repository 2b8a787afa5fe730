using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>JSON in the one form of RFC 8785 (JSON Canonicalization Scheme): the same value has the same bytes.</summary>
/// <remarks>
/// One deviation: an integer literal beyond 2^53 keeps its exact text, where the RFC rounds it to a double; two ids that differ in the last digit are
/// not the same input. Duplicate names are refused, as RFC 8785 demands through RFC 7493.
/// </remarks>
public static class CanonicalJson
{
    private const int MaxDepth = 128;

    /// <summary>The canonical form of <paramref name="utf8Json"/>.</summary>
    /// <exception cref="GwiValidationException">It is no JSON, has a duplicate name, a number that no double can hold, an unpaired surrogate, or more than 128 levels.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
            var to = new ArrayBufferWriter<byte>(Math.Max(16, utf8Json.Length));
            reader.Read();
            WriteValue(ref reader, to);
            reader.Read(); // throws where something follows
            return to.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new GwiValidationException($"The input has no canonical form: {SafeText.MessageOf(e)}", innerException: e);
        }
    }

    /// <inheritdoc cref="Canonicalize(ReadOnlySpan{byte})"/>
    /// <param name="json">A value.</param>
    public static byte[] Canonicalize(JsonElement json) => Canonicalize(Encoding.UTF8.GetBytes(
        json.ValueKind == JsonValueKind.Undefined ? throw GwiValidationException.ForField("input", "input is undefined. Pass a JSON value; null is one.") : json.GetRawText()));

    /// <summary>The SHA-256 of the canonical form, as 64 lower-case hexadecimal digits.</summary>
    /// <inheritdoc cref="Canonicalize(ReadOnlySpan{byte})"/>
    public static string Hash(ReadOnlySpan<byte> utf8Json) => Convert.ToHexStringLower(SHA256.HashData(Canonicalize(utf8Json)));

    private static void WriteValue(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: WriteObject(ref reader, to); break;
            case JsonTokenType.StartArray: WriteArray(ref reader, to); break;
            case JsonTokenType.String: WriteString(reader.GetString()!, to); break;
            case JsonTokenType.Number: WriteNumber(ref reader, to); break;
            case JsonTokenType.True: to.Write("true"u8); break;
            case JsonTokenType.False: to.Write("false"u8); break;
            case JsonTokenType.Null: to.Write("null"u8); break;
            default: throw new JsonException($"Unexpected {reader.TokenType}.");
        }
    }

    private static void WriteObject(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to)
    {
        // By UTF-16 code units (RFC 8785 §3.2.3), which is what ordinal comparison compares.
        var members = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = new ArrayBufferWriter<byte>(16);
            WriteValue(ref reader, value);
            if (!members.TryAdd(name, value.WrittenSpan.ToArray()))
                throw new JsonException($"The name \"{name}\" occurs twice in one object.");
        }

        to.Write("{"u8);
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first)
                to.Write(","u8);
            first = false;
            WriteString(name, to);
            to.Write(":"u8);
            to.Write(value);
        }

        to.Write("}"u8);
    }

    private static void WriteArray(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to)
    {
        to.Write("["u8);
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
                to.Write(","u8);
            WriteValue(ref reader, to);
        }

        to.Write("]"u8);
    }

    private static void WriteNumber(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to)
    {
        var literal = reader.ValueSpan;
        if (literal.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            // Up to 2^53 an integer literal is its own canonical form; beyond, it is our deviation.
            to.Write(literal is [(byte)'-', (byte)'0'] ? "0"u8 : literal);
            return;
        }

        var value = reader.GetDouble();
        if (!double.IsFinite(value))
            throw new JsonException("A number is larger than any double.");
        to.Write(Encoding.ASCII.GetBytes(EcmaNumber.Format(value)));
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> to)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => escaped.Append(c),
            };
        }

        to.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }
}
