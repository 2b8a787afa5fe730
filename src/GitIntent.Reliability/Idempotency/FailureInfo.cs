using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitIntent.Reliability;

/// <summary>A failure as a store keeps it, and as it is thrown again. Its text is redacted.</summary>
public sealed record FailureInfo
{
    /// <summary>The name of the exception's type.</summary>
    public required string Type { get; init; }

    /// <summary>The published spelling of its code.</summary>
    public required string Code { get; init; }

    /// <summary>What happened.</summary>
    public required string Message { get; init; }

    /// <summary>How long to wait before trying again, in milliseconds.</summary>
    public double? RetryAfterMs { get; init; }

    /// <summary>How often to try again.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>The fields that only this type has, as text.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the operation may be tried again. It follows from the code.</summary>
    [JsonIgnore]
    public bool Retryable => Definition.Retryable;

    private ErrorDefinition Definition => ErrorCodes.Find(Code) ?? ErrorCodes.Describe(ErrorCode.UnhandledError);

    /// <summary>Describes <paramref name="exception"/>.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="taxonomy">What decides the code of foreign exceptions; null is <see cref="ErrorTaxonomy.Default"/>.</param>
    public static FailureInfo From(Exception exception, IErrorTaxonomy? taxonomy = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var ours = (taxonomy ?? ErrorTaxonomy.Default).Wrap(exception);
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ours.Fields)
        {
            if (value is IReadOnlyDictionary<string, string> map)
            {
                foreach (var (key, text) in map)
                    fields[$"{name}.{SafeText.WellFormed(key)}"] = Redactor.Redact(text);
            }
            else
            {
                fields[name] = value is DateTimeOffset at ? at.ToString("O", CultureInfo.InvariantCulture) : Redactor.Redact(SafeText.Of(value));
            }
        }

        return new FailureInfo
        {
            Type = exception.GetType().Name,
            Code = ours.Definition.Name,
            Message = Redactor.Redact(SafeText.MessageOf(exception)),
            RetryAfterMs = ours.RetryAfter?.TotalMilliseconds,
            MaxRetries = ours.MaxRetries,
            Fields = fields,
        };
    }

    /// <summary>The failure as an exception of its type where the type is one of ours, else as a <see cref="GwiException"/> of its code. Its <c>Data["replayed"]</c> is true.</summary>
    public GwiException ToException()
    {
        var details = new ErrorDetails
        {
            RetryAfter = RetryAfterMs is >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(RetryAfterMs.Value) : null,
            MaxRetries = MaxRetries,
        };
        GwiException exception = Type switch
        {
            nameof(RetryableException) when Retryable => new RetryableException(Message, Definition.Code, null, details),
            nameof(NonRetryableException) when !Retryable => new NonRetryableException(Message, Definition.Code, null, details),
            nameof(PolicyDeniedException) => new PolicyDeniedException(Message, Field("policyReasonCode"), Field("toolName")),
            nameof(ApprovalRequiredException) => new ApprovalRequiredException(Message, ApprovalRequiredException.Parse(Field("requiredApprovalType")), Field("toolName"), Field("approvalScope")),
            nameof(LockConflictException) => new LockConflictException(Field("runId") ?? "?", Field("holderId"), Time("expiresAt"), Milliseconds("waitedMs"), details),
            nameof(GwiTimeoutException) => new GwiTimeoutException(Message, Milliseconds("timeoutMs"), Field("operation"), null, details),
            nameof(GwiValidationException) => new GwiValidationException(Message, Map("fieldErrors.")),
            _ => new GwiException(Definition.Code, Message, null, details with { Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["originalType"] = Type } }),
        };
        exception.Data["replayed"] = true;
        return exception;
    }

    /// <summary>The same with fields that neither who handed them in nor who is shown them can change.</summary>
    internal FailureInfo Frozen() => this with { Fields = new ReadOnlyDictionary<string, string>(new SortedDictionary<string, string>(Fields.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)) };

    /// <summary>The failure as a store keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReliabilityJson.Default.FailureInfo);

    /// <summary>The failure whose <see cref="ToJson"/> is <paramref name="json"/>.</summary>
    /// <exception cref="GwiException">It is damaged (<c>CONFIGURATION_ERROR</c>).</exception>
    public static FailureInfo Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReliabilityJson.Default.FailureInfo) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new GwiException(ErrorCode.ConfigurationError, $"A stored failure is damaged: {SafeText.MessageOf(e)}", e);
        }
    }

    private string? Field(string name) => Fields.GetValueOrDefault(name);

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Field(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;

    private TimeSpan Milliseconds(string name) =>
        double.TryParse(Field(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(ms) : TimeSpan.Zero;

    private Dictionary<string, string> Map(string prefix) => Fields
        .Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(f => f.Key[prefix.Length..], f => f.Value, StringComparer.Ordinal);
}
