using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace GitIntent.Arv.Kinds.Artifact;

/// <summary>An Ed25519 public key that the configuration trusts: RFC 8032.</summary>
internal sealed class PinnedKey
{
    private const string Prefix = "ed25519:";

    private readonly byte[] _key;

    private PinnedKey(byte[] key) => _key = key;

    public static bool TryParse(string text, [NotNullWhen(true)] out PinnedKey? key)
    {
        key = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var bytes = new byte[Ed25519.PublicKeySize];
        // A key of small order "verifies" anything.
        if (!Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var written) || written != bytes.Length || !Ed25519.ValidatePublicKeyFull(bytes, 0))
            return false;
        key = new PinnedKey(bytes);
        return true;
    }

    public bool Verifies(byte[] signature, byte[] message) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _key, 0, message, 0, message.Length);
}
