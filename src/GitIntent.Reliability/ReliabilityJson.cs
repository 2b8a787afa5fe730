using System.Text.Json.Serialization;

namespace GitIntent.Reliability;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureInfo))]
[JsonSerializable(typeof(CheckpointJson.Envelope))]
internal sealed partial class ReliabilityJson : JsonSerializerContext;
