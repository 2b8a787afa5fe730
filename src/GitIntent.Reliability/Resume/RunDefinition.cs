using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>Tells one definition of a run from another.</summary>
public static class RunDefinition
{
    /// <summary>The SHA-256 over the ids and names of <paramref name="steps"/> in their order, as 64 lower-case hexadecimal digits.</summary>
    /// <param name="steps">The steps.</param>
    public static string Fingerprint(IEnumerable<RunStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var step in steps)
            {
                json.WriteStringValue(SafeText.WellFormed(step.Id));
                json.WriteStringValue(SafeText.WellFormed(step.Name));
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalize(buffer.ToArray())));
    }

    /// <summary>The SHA-256 over any text that defines the run, as 64 lower-case hexadecimal digits.</summary>
    /// <param name="definition">The text, such as a plan.</param>
    public static string FingerprintOf(string definition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));
}
