using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Config;

namespace GitIntent.Arv.Kinds.Artifact;

internal sealed record SignatureBlock(Template File, ImmutableArray<PinnedKey> Keys)
{
    private const int RawLength = 64;

    /// <summary>The signature of a file: 64 bytes as they are, or as Base64 text.</summary>
    /// <returns>Null where it is neither.</returns>
    public static byte[]? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length == RawLength)
            return file.ToArray();
        var bytes = new byte[RawLength];
        return file.Length < 200 && Convert.TryFromBase64String(Encoding.Latin1.GetString(file).Trim(), bytes, out var written) && written == RawLength ? bytes : null;
    }
}
