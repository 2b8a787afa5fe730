using System.Text.Json.Serialization;

namespace GitIntent.Reliability;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureInfo))]
internal sealed partial class ReliabilityJson : JsonSerializerContext;
