using System.Text.Json.Serialization;

namespace GitIntent.Reliability.Conformance.Scenes;

[JsonSerializable(typeof(int))]
internal sealed partial class KitJson : JsonSerializerContext;
