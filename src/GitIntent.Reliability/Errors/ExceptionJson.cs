using System.Text.Json;

namespace GitIntent.Reliability;

internal static class ExceptionJson
{
    public static void Write(Utf8JsonWriter json, GwiException e, bool includeStack)
    {
        json.WriteStartObject();
        json.WriteString("name", e.GetType().Name);
        json.WriteString("code", e.Definition.Name);
        json.WriteString("message", Redactor.Redact(SafeText.MessageOf(e)));
        json.WriteBoolean("retryable", e.Retryable);
        if (e.RetryAfter is { } after)
            json.WriteNumber("retryAfterMs", after.TotalMilliseconds);
        if (e.MaxRetries is { } retries)
            json.WriteNumber("maxRetries", retries);
        foreach (var (name, value) in e.Fields)
            JsonValues.WriteProperty(json, name, value);
        JsonValues.WriteProperty(json, "context", e.Context);
        json.WriteString("timestamp", e.Timestamp.UtcDateTime);
        if (e.InnerException is { } cause)
            json.WriteString("cause", Redactor.Redact(SafeText.MessageOf(cause)));
        if (includeStack && SafeText.StackOf(e) is { } stack)
            json.WriteString("stack", stack);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AuditEvent e)
    {
        json.WriteStartObject();
        json.WriteString("type", e.Type);
        json.WriteString("code", ErrorCodes.Describe(e.Code).Name);
        json.WriteString("message", e.Message);
        json.WriteBoolean("retryable", e.Retryable);
        json.WriteString("timestamp", e.Timestamp.UtcDateTime);
        json.WriteString("exception", e.ExceptionType);
        if (e.Fields.Count > 0)
            JsonValues.WriteProperty(json, "fields", e.Fields);
        if (e.Context.Count > 0)
            JsonValues.WriteProperty(json, "context", e.Context);
        if (e.Causes.Count > 0)
        {
            json.WriteStartArray("causes");
            foreach (var cause in e.Causes)
            {
                json.WriteStartObject();
                json.WriteString("exception", cause.ExceptionType);
                json.WriteString("code", ErrorCodes.Describe(cause.Code).Name);
                json.WriteString("message", cause.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
