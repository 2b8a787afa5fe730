using System.Text.Json;

namespace GitIntent.Reliability;

internal static class ArtifactSet
{
    /// <summary>A copy that outlives the document it was read from.</summary>
    public static JsonElement Copy(string id, JsonElement value) => value.ValueKind == JsonValueKind.Undefined
        ? throw GwiValidationException.ForField("artifacts", $"The artifact of {id} is undefined. JSON null is a value; leave out what there is not.")
        : value.Clone();
}
