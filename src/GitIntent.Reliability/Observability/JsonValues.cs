using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>Values of any kind as JSON: redacted, bounded, without reflection, never throwing.</summary>
internal static class JsonValues
{
    private const int MaxDepth = 8;
    private const int MaxItems = 256;
    private const int MaxText = 16_384;

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void WriteProperty(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(SafeText.WellFormed(name));
        Write(json, Redactor.IsSecretName(name) ? Secret(value) : Plain(value, 0));
    }

    /// <summary>A redacted copy that holds only plain values; later maps win.</summary>
    public static IReadOnlyDictionary<string, object?> Snapshot(params ReadOnlySpan<IReadOnlyDictionary<string, object?>?> maps)
    {
        var copy = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var map in maps)
        {
            if (map is not null && Plain(map, 0) is SortedDictionary<string, object?> plain)
            {
                foreach (var (key, value) in plain)
                    copy[key] = value;
            }
        }

        return copy;
    }

    /// <summary>Text, numbers, booleans and null as they are; maps and lists of them; everything else as redacted text.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What describes a failure must not fail.")]
    public static object? Plain(object? value, int depth)
    {
        try
        {
            return value switch
            {
                null or bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal => value,
                double d => double.IsFinite(d) ? value : SafeText.Of(d),
                float f => float.IsFinite(f) ? value : SafeText.Of(f),
                string s => Text(s),
                DateTimeOffset at => at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                DateTime at => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                JsonElement element => Text(element.ValueKind == JsonValueKind.Undefined ? "" : element.GetRawText()),
                _ when depth >= MaxDepth => "[too deep]",
                IReadOnlyDictionary<string, object?> map => Map(map, depth),
                IReadOnlyDictionary<string, string> map => Map(map.Select(p => new KeyValuePair<string, object?>(p.Key, p.Value)), depth),
                IDictionary map => Map(Pairs(map), depth),
                IEnumerable items => List(items, depth),
                _ => Text(SafeText.Of(value)),
            };
        }
        catch (Exception e)
        {
            return $"[value unavailable: {e.GetType().Name}]";
        }
    }

    private static string? Secret(object? value) => value is null ? null : Redactor.Mark;

    private static string Text(string text)
    {
        text = SafeText.WellFormed(text.Length > MaxText ? text[..MaxText] + "…" : text);
        return Redactor.Redact(text);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
            yield return new(SafeText.Of(entry.Key), entry.Value);
    }

    private static SortedDictionary<string, object?> Map(IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        var copy = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Take(MaxItems))
            copy[SafeText.WellFormed(key)] = Redactor.IsSecretName(key) ? Secret(value) : Plain(value, depth + 1);
        return copy;
    }

    private static List<object?> List(IEnumerable items, int depth)
    {
        List<object?> copy = [];
        foreach (var item in items)
        {
            if (copy.Count >= MaxItems)
            {
                copy.Add("[cut]");
                break;
            }

            copy.Add(Plain(item, depth + 1));
        }

        return copy;
    }

    /// <summary>Writes what <see cref="Plain"/> returned.</summary>
    private static void Write(Utf8JsonWriter json, object? plain)
    {
        switch (plain)
        {
            case null: json.WriteNullValue(); break;
            case bool b: json.WriteBooleanValue(b); break;
            case string s: json.WriteStringValue(s); break;
            case byte or sbyte or short or ushort or int or long: json.WriteNumberValue(Convert.ToInt64(plain, null)); break;
            case uint u: json.WriteNumberValue(u); break;
            case ulong u: json.WriteNumberValue(u); break;
            case decimal d: json.WriteNumberValue(d); break;
            case double d: json.WriteNumberValue(d); break;
            case float f: json.WriteNumberValue(f); break;
            case SortedDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    json.WritePropertyName(key);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case List<object?> list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(SafeText.Of(plain)); break;
        }
    }
}
