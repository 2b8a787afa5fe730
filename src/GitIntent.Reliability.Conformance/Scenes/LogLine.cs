using System.Globalization;
using System.Text.Json;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>One line as it was written. Reading a field that is not there, or is something else, breaks the promise that is tried.</summary>
internal sealed class LogLine
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private LogLine(string text, bool errors, JsonElement json) => (Text, ToErrors, Json) = (text, errors, json);

    public string Text { get; }

    /// <summary>Whether it went to standard error.</summary>
    public bool ToErrors { get; }

    public JsonElement Json { get; }

    public string Level => String("level");

    public string Message => String("message");

    public DateTimeOffset Timestamp => DateTimeOffset.TryParse(String("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Offset == TimeSpan.Zero
        ? at
        : throw new BrokenPromiseException($"The timestamp {Show.Value(String("timestamp"))} is no time in UTC.");

    public static LogLine Parse(string text, bool errors)
    {
        try
        {
            using var document = Document(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new BrokenPromiseException($"A line is no JSON object: {Show.Line(text)}");
            return new LogLine(text, errors, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new BrokenPromiseException($"A line is no JSON object with each name once: {Show.Line(text)}");
        }
    }

    private static JsonDocument Document(string text)
    {
        try
        {
            return JsonDocument.Parse(text, s_strict);
        }
        catch (InvalidOperationException)
        {
            return JsonDocument.Parse(text); // an escaped half of a surrogate pair in a name is JSON (RFC 8259, section 8.2); the reader cannot compare it
        }
    }

    /// <summary>A field, by its path; null where it is not there or is null.</summary>
    public JsonElement? Field(params ReadOnlySpan<string> path)
    {
        var at = Json;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    public string? Optional(params ReadOnlySpan<string> path) => Field(path) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    public string String(params ReadOnlySpan<string> path) => Field(path) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : throw new BrokenPromiseException($"The line has no text {string.Join('.', path.ToArray())}: {Show.Line(Text)}");

    public double Number(params ReadOnlySpan<string> path) => Field(path) is { ValueKind: JsonValueKind.Number } number
        ? number.GetDouble()
        : throw new BrokenPromiseException($"The line has no number {string.Join('.', path.ToArray())}: {Show.Line(Text)}");
}
