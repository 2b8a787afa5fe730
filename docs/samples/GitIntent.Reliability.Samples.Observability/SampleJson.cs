using System.Text.Json.Serialization;

namespace GitIntent.Reliability.Samples;

[JsonSerializable(typeof(int))]
internal sealed partial class SampleJson : JsonSerializerContext;
