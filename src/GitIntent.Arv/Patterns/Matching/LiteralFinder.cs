using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Looks for a literal in bytes: 16 places at a time by its two rarest bytes, then the whole (the "packed pair" of
/// https://github.com/BurntSushi/memchr). An ASCII letter in either case is compared with its case bit set.
/// </summary>
internal sealed class LiteralFinder
{
    private const byte CaseBit = 0x20;

    /// <summary>The commonest bytes of source code, commonest first; what is not here is rare.</summary>
    private static ReadOnlySpan<byte> Common => " etaniorslcdpu\nmfhg.\"_b,)(ykvw:;=/x-'*T1S0>I2{}"u8;

    private readonly byte[] _bytes;
    private readonly byte[] _masks;
    private readonly int _first;
    private readonly int _second;

    public LiteralFinder(RequiredLiteral literal)
    {
        _masks = [.. literal.AnyCase.Select(static any => any ? CaseBit : (byte)0)];
        _bytes = [.. literal.Bytes];
        var rarest = Enumerable.Range(0, _bytes.Length).OrderByDescending(i => Rarity(_bytes[i], _masks[i] != 0)).ThenBy(static i => i).ToList();
        _first = rarest[0];
        _second = rarest.Count > 1 ? rarest[1] : rarest[0];
    }

    public bool IsIn(ReadOnlySpan<byte> text)
    {
        var last = text.Length - _bytes.Length;
        var at = 0;
        if (Vector128.IsHardwareAccelerated && last >= Vector128<byte>.Count - 1)
        {
            ref var start = ref MemoryMarshal.GetReference(text);
            var (firstByte, firstMask) = (Vector128.Create(_bytes[_first]), Vector128.Create(_masks[_first]));
            var (secondByte, secondMask) = (Vector128.Create(_bytes[_second]), Vector128.Create(_masks[_second]));
            // Reads end within the text: at + 15 <= last, and both offsets lie inside the literal.
            for (; at + Vector128<byte>.Count - 1 <= last; at += Vector128<byte>.Count)
            {
                var first = Vector128.LoadUnsafe(ref start, (nuint)(at + _first)) | firstMask;
                var second = Vector128.LoadUnsafe(ref start, (nuint)(at + _second)) | secondMask;
                var both = Vector128.Equals(first, firstByte) & Vector128.Equals(second, secondByte);
                if (both == Vector128<byte>.Zero)
                    continue;
                for (var places = both.ExtractMostSignificantBits(); places != 0; places &= places - 1)
                {
                    if (IsAt(text[(at + BitOperations.TrailingZeroCount(places))..]))
                        return true;
                }
            }
        }
        for (; at <= last; at++)
        {
            if (IsAt(text[at..]))
                return true;
        }
        return false;
    }

    private bool IsAt(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < _bytes.Length; i++)
        {
            if ((text[i] | _masks[i]) != _bytes[i])
                return false;
        }
        return true;
    }

    private static int Rarity(byte b, bool anyCase)
    {
        var rank = Common.IndexOf(b);
        return rank < 0 ? Common.Length : Math.Max(0, rank - (anyCase ? 2 : 0));
    }
}
