using System.Runtime.Intrinsics;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Bytes: any of ASCII, and all or none of those beyond, which only come together.</summary>
internal readonly record struct ByteSet(ulong Low, ulong High, bool Beyond)
{
    public double Share
    {
        get
        {
            var share = 0d;
            for (var b = 0; b < 256; b++)
                share += Contains((byte)b) ? ByteFrequencies.Of((byte)b) : 0;
            return share;
        }
    }

    /// <summary>The set with the bytes of these code points.</summary>
    public ByteSet With(CodePointSet set) =>
        new(Low | set.LowAscii, High | set.HighAscii, Beyond || (!set.IsEmpty && set.Ranges[^1].Last >= 0x80));

    public bool Contains(byte b) => b switch
    {
        < 64 => ((Low >> b) & 1) != 0,
        < 128 => ((High >> (b - 64)) & 1) != 0,
        _ => Beyond,
    };

    /// <summary>
    /// For each low nibble, the high nibbles (as bits) of the ASCII bytes with it; and for each high nibble, its bit. A byte is in the set where
    /// the two have a bit in common: http://0x80.pl/articles/simd-byte-lookup.html
    /// </summary>
    public (Vector128<byte> ByLow, Vector128<byte> ByHigh) Tables()
    {
        Span<byte> byLow = stackalloc byte[16];
        Span<byte> byHigh = stackalloc byte[16];
        for (var b = 0; b < 128; b++)
            byLow[b & 15] |= Contains((byte)b) ? (byte)(1 << (b >> 4)) : (byte)0;
        for (var high = 0; high < 8; high++)
            byHigh[high] = (byte)(1 << high);
        return (Vector128.Create<byte>(byLow), Vector128.Create<byte>(byHigh));
    }
}
