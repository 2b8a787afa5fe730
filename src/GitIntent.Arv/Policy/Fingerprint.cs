using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Policy;

/// <summary>What identifies a finding though the file around it is edited: no line number, time or commit.</summary>
internal static class Fingerprint
{
    private const int DigitsOfNumber = 11;

    public static string Of(Finding finding, int occurrence)
    {
        var (rule, path, anchor) = (finding.Rule, finding.Path ?? "", finding.Anchor.Replace('\0', ' '));
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(rule.Length + path.Length + anchor.Length) + 3 + DigitsOfNumber);
        var length = 0;
        foreach (var part in (ReadOnlySpan<string>)[rule, path, anchor])
        {
            length += Encoding.UTF8.GetBytes(part, buffer.AsSpan(length));
            // No part can hold a NUL, so no value of one can imitate another.
            buffer[length++] = 0;
        }
        occurrence.TryFormat(buffer.AsSpan(length), out var digits, provider: CultureInfo.InvariantCulture);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length + digits), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(digest);
    }
}
