using System.Text;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>An error as an audit log keeps it. Everything in it is redacted already.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">What happened.</param>
/// <param name="Retryable">As <see cref="IErrorTaxonomy.IsRetryable"/> says.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="ExceptionType">The name of the exception's type.</param>
/// <param name="Fields">The fields that only this type of error has.</param>
/// <param name="Context">The error's context, and the caller's over it. Values are text, numbers, booleans, null, or lists and maps of these.</param>
/// <param name="Causes">What caused it, outermost first.</param>
public sealed record AuditEvent(
    ErrorCode Code,
    string Message,
    bool Retryable,
    DateTimeOffset Timestamp,
    string ExceptionType,
    IReadOnlyDictionary<string, object?> Fields,
    IReadOnlyDictionary<string, object?> Context,
    IReadOnlyList<AuditCause> Causes)
{
    /// <summary>Always <c>error</c>.</summary>
    public string Type { get; } = "error";

    /// <summary>The event as one JSON object on one line. Never throws.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.WriterOptions))
            ExceptionJson.Write(json, this);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    internal static AuditEvent From(Exception? exception, Func<Exception?, ErrorClassification> classify, IReadOnlyDictionary<string, object?>? context)
    {
        var ours = exception as GwiException;
        var definition = ErrorCodes.Describe(classify(exception).Code);
        return new AuditEvent(
            definition.Code,
            exception is null ? "no exception was given" : Redactor.Redact(SafeText.MessageOf(exception)),
            definition.Retryable,
            ours?.Timestamp ?? TimeProvider.System.GetUtcNow(),
            exception?.GetType().Name ?? "null",
            JsonValues.Snapshot(ours?.Fields),
            JsonValues.Snapshot(ours?.Context, context),
            AuditCause.ChainOf(exception, classify));
    }
}
