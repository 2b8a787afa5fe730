using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>16 bytes at a time.</summary>
internal sealed class Teddy128(TeddyTables tables, HashBitmap hashes)
{
    /// <summary>Beyond a block, two bytes belong to its last window, and one more to the hash.</summary>
    private const int Beyond = TeddyTables.Width;

    /// <summary>By group: low and high of the first place, of the second, of the third.</summary>
    private readonly Vector128<byte>[] _tables = [.. Enumerable.Range(0, tables.Groups * TeddyTables.Width * 2)
        .Select(i => tables.Of(i / 6, i / 2 % TeddyTables.Width, i % 2))];

    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var nibble = Vector128.Create((byte)0x0F);
        var count = 0;
        // Reads end within the text: at + 16 + Beyond <= length. A block never finds more than there is room for.
        for (; at + Vector128<byte>.Count + Beyond <= text.Length && count + Vector128<byte>.Count <= places.Length; at += Vector128<byte>.Count)
        {
            var first = Vector128.LoadUnsafe(ref start, (nuint)at);
            var second = Vector128.LoadUnsafe(ref start, (nuint)at + 1);
            var third = Vector128.LoadUnsafe(ref start, (nuint)at + 2);
            var found = Vector128<byte>.Zero;
            for (var i = 0; i < _tables.Length; i += 6)
            {
                found |= Look(_tables[i], _tables[i + 1], first, nibble)
                    & Look(_tables[i + 2], _tables[i + 3], second, nibble)
                    & Look(_tables[i + 4], _tables[i + 5], third, nibble);
            }
            if (found == Vector128<byte>.Zero)
                continue;
            for (var bits = ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF; bits != 0; bits &= bits - 1)
            {
                var place = at + BitOperations.TrailingZeroCount(bits);
                if (hashes.Has(HashBitmap.FourAt(ref Unsafe.Add(ref start, place))))
                    places[count++] = place;
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Look(Vector128<byte> low, Vector128<byte> high, Vector128<byte> bytes, Vector128<byte> nibble) =>
        Nibbles.LookUp(low, bytes & nibble) & Nibbles.LookUp(high, bytes >>> 4);
}
