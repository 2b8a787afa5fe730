using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>32 bytes at a time.</summary>
internal sealed class Teddy256(TeddyTables tables, HashBitmap hashes)
{
    /// <summary>Beyond a block, three bytes belong to its last window.</summary>
    private const int Beyond = TeddyTables.Width - 1;

    private const int TablesOfGroup = TeddyTables.Width * 2;

    /// <summary>By group: low and high of the first place, of the second, and so on.</summary>
    private readonly Vector256<byte>[] _tables = [.. Enumerable.Range(0, tables.Groups * TablesOfGroup)
        .Select(i => tables.Twice(i / TablesOfGroup, i / 2 % TeddyTables.Width, i % 2))];

    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        var nibble = Vector256.Create((byte)0x0F);
        var (here, count) = (at, 0);
        // Reads end within the text: block + 32 + Beyond <= length. A block never finds more than there is room for.
        var last = text.Length - Vector256<byte>.Count - Beyond;
        while (last >= 0 && here < last + Vector256<byte>.Count && count + Vector256<byte>.Count <= places.Length)
        {
            // The last block overlaps the one before: a text's end byte by byte took as long as all of a small file.
            var block = Math.Min(here, last);
            var first = Vector256.LoadUnsafe(ref start, (nuint)block);
            var second = Vector256.LoadUnsafe(ref start, (nuint)block + 1);
            var third = Vector256.LoadUnsafe(ref start, (nuint)block + 2);
            var fourth = Vector256.LoadUnsafe(ref start, (nuint)block + 3);
            var found = Vector256<byte>.Zero;
            // Whole groups of tables, by construction.
            for (var i = 0; i < _tables.Length; i += TablesOfGroup)
            {
                ref var group = ref Unsafe.Add(ref tables, i);
                found |= Look(ref group, 0, first, nibble) & Look(ref group, 1, second, nibble) & Look(ref group, 2, third, nibble) & Look(ref group, 3, fourth, nibble);
            }
            var bits = found == Vector256<byte>.Zero ? 0 : ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits() & (uint.MaxValue << (here - block));
            for (; bits != 0; bits &= bits - 1)
            {
                var place = block + BitOperations.TrailingZeroCount(bits);
                if (hashes.Has(HashBitmap.FourAt(ref Unsafe.Add(ref start, place))))
                    places[count++] = place;
            }
            here = block + Vector256<byte>.Count;
        }
        at = here;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(ref Vector256<byte> group, int place, Vector256<byte> bytes, Vector256<byte> nibble) =>
        Nibbles.LookUp(Unsafe.Add(ref group, 2 * place), bytes & nibble) & Nibbles.LookUp(Unsafe.Add(ref group, (2 * place) + 1), bytes >>> 4);
}
