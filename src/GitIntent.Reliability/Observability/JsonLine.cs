using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>One log line on its way to text.</summary>
internal sealed class JsonLine(string component, LogLevel level, string message, DateTimeOffset at, Exception? exception)
{
    private readonly SortedDictionary<string, object?> _data = new(StringComparer.Ordinal);
    private object? _duration;

    /// <summary>Takes named values from a state or scope; later ones win. A scope that is only text has no name, and is left to the message.</summary>
    public void Add(object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        try
        {
            foreach (var (name, value) in values)
            {
                if (name.Equals("durationMs", StringComparison.OrdinalIgnoreCase))
                    _duration = value;
                else if (name != "{OriginalFormat}")
                    _data[name] = value;
            }
        }
        catch (InvalidOperationException)
        {
            _data["[state]"] = "[unavailable]";
        }
    }

    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.WriterOptions))
            Write(json);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("level", level switch { >= LogLevel.Error => "ERROR", LogLevel.Warning => "WARN", LogLevel.Information => "INFO", _ => "DEBUG" });
        json.WriteString("message", Redactor.Redact(SafeText.WellFormed(message)));
        json.WriteString("timestamp", at.UtcDateTime);
        json.WriteString("component", SafeText.WellFormed(component));
        if (RunContext.Current is { } context)
        {
            Optional(json, "runId", context.RunId);
            Optional(json, "tenantId", context.Tenant);
            Optional(json, "stepId", context.StepId);
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("traceId", activity.TraceId.ToHexString());
            json.WriteString("spanId", activity.SpanId.ToHexString());
            if (activity.ParentSpanId != default)
                json.WriteString("parentSpanId", activity.ParentSpanId.ToHexString());
        }

        if (_duration is not null)
            JsonValues.WriteProperty(json, "durationMs", _duration);
        if (_data.Count > 0)
            JsonValues.WriteProperty(json, "data", _data);
        if (exception is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("name", exception.GetType().Name);
            json.WriteString("message", Redactor.Redact(SafeText.MessageOf(exception)));
            json.WriteString("code", ErrorTaxonomy.Wrap(exception).Definition.Name);
            if (SafeText.StackOf(exception) is { } stack)
                json.WriteString("stack", stack);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, SafeText.WellFormed(value));
    }
}
