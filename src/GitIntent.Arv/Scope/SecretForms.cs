using System.Text;
using System.Text.Encodings.Web;

namespace GitIntent.Arv.Scope;

/// <summary>How a known value is written by programs that print it: as it is, or encoded for an address, a header, a JSON document.</summary>
internal static class SecretForms
{
    /// <summary>Less of an encoded value than this stands in other text by chance.</summary>
    private const int ShortestEncoded = 10;

    public static IEnumerable<string> Of(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        var bytes = Encoding.UTF8.GetBytes(secret);
        foreach (var encoded in Enumerable.Range(0, 3).Select(before => Base64(bytes, before)).Where(static e => e.Length >= ShortestEncoded))
        {
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>
    /// What of Base64 depends on the value alone: it may stand in the middle of what was encoded, as in <c>user:VALUE</c>, at each of three places in a group of four characters
    /// (as the runner of GitHub Actions masks it: actions/runner, src/Runner.Sdk/ValueEncoders.cs).
    /// </summary>
    private static string Base64(byte[] value, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. value]);
        var first = (before * 8 + 5) / 6; // the characters that what stands before has a bit in
        return encoded[first..((before + value.Length) * 8 / 6)];
    }
}
