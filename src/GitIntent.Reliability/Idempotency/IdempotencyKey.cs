using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GitIntent.Reliability;

/// <summary>
/// Which operation of which step of which run, and with which input. The first three (and the tenant) are what a store keeps one record for; the hash
/// of the input is kept in the record, so that the same operation with another input is told apart from a repetition.
/// </summary>
public sealed record IdempotencyKey
{
    /// <summary>The version of keys and hashes. It changes when either is made otherwise.</summary>
    public const int Version = 1;

    private IdempotencyKey(string runId, string stepId, string operation, string inputHash, string? tenant)
    {
        RunId = Identifiers.Required(runId, "runId");
        StepId = Identifiers.Required(stepId, "stepId");
        Operation = Identifiers.Required(operation, "operation");
        Tenant = Identifiers.Optional(tenant, "tenant");
        InputHash = inputHash;
        Identity = $"idem:v1:{Escape(runId)}:{Escape(stepId)}:{Escape(operation)}";
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>The step of the run.</summary>
    public string StepId { get; }

    /// <summary>The operation of the step. An operation that happens several times in a step needs a name for each time.</summary>
    public string Operation { get; }

    /// <summary>The tenant; null is the tenant that the store was made for.</summary>
    public string? Tenant { get; private init; }

    /// <summary>The SHA-256 of the input's canonical JSON, see <see cref="CanonicalJson"/>.</summary>
    public string InputHash { get; }

    /// <summary>Readable and injective: <c>idem:v1:RUN:STEP:OPERATION</c>, in which <c>:</c> and <c>%</c> of the parts are escaped.</summary>
    public string Identity { get; }

    /// <summary><see cref="Identity"/> and the hash of the input.</summary>
    public string Value => $"{Identity}:{InputHash}";

    /// <summary>The key of an operation whose input is <paramref name="input"/>.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stepId">The step of the run.</param>
    /// <param name="operation">The operation of the step.</param>
    /// <param name="input">What the operation depends on.</param>
    /// <param name="inputType">How the input is written as JSON.</param>
    /// <param name="tenant">Null is the tenant that the store was made for.</param>
    /// <exception cref="GwiValidationException">An id is not acceptable, or the input has no JSON form.</exception>
    public static IdempotencyKey Create<T>(string runId, string stepId, string operation, T input, JsonTypeInfo<T> inputType, string? tenant = null) =>
        new(runId, stepId, operation, HashOf(() => JsonSerializer.SerializeToUtf8Bytes(input, inputType)), tenant);

    /// <inheritdoc cref="Create{T}(string, string, string, T, JsonTypeInfo{T}, string?)"/>
    public static IdempotencyKey Create(string runId, string stepId, string operation, JsonElement input, string? tenant = null) =>
        new(runId, stepId, operation, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Canonicalize(input))), tenant);

    /// <summary>The key of an operation without an input.</summary>
    /// <inheritdoc cref="Create{T}(string, string, string, T, JsonTypeInfo{T}, string?)"/>
    public static IdempotencyKey Create(string runId, string stepId, string operation, string? tenant = null) =>
        new(runId, stepId, operation, CanonicalJson.Hash("null"u8), tenant);

    /// <inheritdoc cref="Create{T}(string, string, string, T, JsonTypeInfo{T}, string?)"/>
    [RequiresUnreferencedCode("The input's type is read by reflection. Pass a JsonTypeInfo<T> where the program is trimmed.")]
    [RequiresDynamicCode("The input's type is read by reflection. Pass a JsonTypeInfo<T> where the program is native.")]
    public static IdempotencyKey CreateFrom(string runId, string stepId, string operation, object? input, string? tenant = null) =>
        new(runId, stepId, operation, HashOf(() => JsonSerializer.SerializeToUtf8Bytes(input)), tenant);

    /// <summary><see cref="Value"/>.</summary>
    public override string ToString() => Value;

    internal IdempotencyKey In(string tenant) => Tenant is null ? this with { Tenant = tenant } : this;

    private static string Escape(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal);

    private static string HashOf(Func<byte[]> serialize)
    {
        byte[] json;
        try
        {
            json = serialize();
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or ArgumentException or InvalidOperationException or EncoderFallbackException)
        {
            throw new GwiValidationException($"The input of the operation has no JSON form: {SafeText.MessageOf(e)}",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["input"] = SafeText.MessageOf(e) }, e);
        }

        // The serialiser writes U+FFFD for half a surrogate pair: two inputs that differ would have one hash, and the second would get the first one's result.
        if (CanonicalJson.Canonicalize(json).AsSpan().IndexOf("\uFFFD"u8) >= 0)
        {
            throw GwiValidationException.ForField("input", "The input of the operation has U+FFFD, which stands for text that is no Unicode: inputs that differ could look alike. "
                + "Mend where the text is decoded, or give the bytes as Base64.");
        }
        return CanonicalJson.Hash(json);
    }
}
