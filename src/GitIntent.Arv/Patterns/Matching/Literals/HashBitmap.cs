using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>
/// Which hashes of four bytes (or three, where a literal has no more) begin something: 8 KB, which stay in the first cache. Case is
/// folded by one bit for all bytes, letters or not: it costs nothing, and the literal itself is compared later.
/// </summary>
internal sealed class HashBitmap
{
    private const int Bits = 16;
    private const uint Fold = 0x20202020;

    private readonly ulong[] _bits = new ulong[(1 << Bits) / 64];
    private bool _hasThree;

    public void Add(uint key)
    {
        var hash = Hash(key);
        _bits[hash / 64] |= 1UL << (int)(hash % 64);
        _hasThree |= key >> 24 == 0;
    }

    /// <summary>The bytes at a place, folded; those beyond the text, or beyond the count, are 0, which no folded byte is.</summary>
    public static uint KeyOf(ReadOnlySpan<byte> text, int at, int count)
    {
        var bytes = text.Slice(at, Math.Min(count, text.Length - at));
        if (bytes.Length == 4)
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes) | Fold;
        uint key = 0;
        for (var i = 0; i < bytes.Length; i++)
            key |= (uint)(bytes[i] | LiteralWindow.CaseBit) << (8 * i);
        return key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(uint four) => HasKey(four) || (_hasThree && HasKey(four & 0xFFFFFF));

    /// <summary>The four bytes at a place, where there are four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FourAt(ref byte place)
    {
        var four = Unsafe.ReadUnaligned<uint>(ref place);
        return (BitConverter.IsLittleEndian ? four : BinaryPrimitives.ReverseEndianness(four)) | Fold;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasKey(uint key)
    {
        var hash = Hash(key);
        // The index is below the length by construction: 16 bits, 64 of them a word.
        return ((Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bits), hash >> 6) >> (int)(hash & 63)) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint key) => (key * 0x9E3779B1) >> (32 - Bits);
}
