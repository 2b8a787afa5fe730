using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>32 bytes at a time.</summary>
internal sealed class Teddy256(TeddyTables tables, HashBitmap hashes)
{
    /// <summary>Beyond a block, two bytes belong to its last window, and one more to the hash.</summary>
    private const int Beyond = TeddyTables.Width;

    /// <summary>By group: low and high of the first place, of the second, of the third.</summary>
    private readonly Vector256<byte>[] _tables = [.. Enumerable.Range(0, tables.Groups * TeddyTables.Width * 2)
        .Select(i => tables.Twice(i / 6, i / 2 % TeddyTables.Width, i % 2))];

    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var nibble = Vector256.Create((byte)0x0F);
        var count = 0;
        // Reads end within the text: at + 32 + Beyond <= length. A block never finds more than there is room for.
        for (; at + Vector256<byte>.Count + Beyond <= text.Length && count + Vector256<byte>.Count <= places.Length; at += Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref start, (nuint)at);
            var second = Vector256.LoadUnsafe(ref start, (nuint)at + 1);
            var third = Vector256.LoadUnsafe(ref start, (nuint)at + 2);
            var found = Vector256<byte>.Zero;
            for (var i = 0; i < _tables.Length; i += 6)
            {
                found |= Look(_tables[i], _tables[i + 1], first, nibble)
                    & Look(_tables[i + 2], _tables[i + 3], second, nibble)
                    & Look(_tables[i + 4], _tables[i + 5], third, nibble);
            }
            if (found == Vector256<byte>.Zero)
                continue;
            for (var bits = ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var place = at + BitOperations.TrailingZeroCount(bits);
                if (hashes.Has(HashBitmap.FourAt(ref Unsafe.Add(ref start, place))))
                    places[count++] = place;
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(Vector256<byte> low, Vector256<byte> high, Vector256<byte> bytes, Vector256<byte> nibble) =>
        Nibbles.LookUp(low, bytes & nibble) & Nibbles.LookUp(high, bytes >>> 4);
}
