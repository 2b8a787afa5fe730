using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>16 bytes at a time.</summary>
internal sealed class Teddy128(TeddyTables tables, HashBitmap hashes)
{
    /// <summary>Beyond a block, three bytes belong to its last window.</summary>
    private const int Beyond = TeddyTables.Width - 1;

    private const int TablesOfGroup = TeddyTables.Width * 2;

    /// <summary>By group: low and high of the first place, of the second, and so on.</summary>
    private readonly Vector128<byte>[] _tables = [.. Enumerable.Range(0, tables.Groups * TablesOfGroup)
        .Select(i => tables.Of(i / TablesOfGroup, i / 2 % TeddyTables.Width, i % 2))];

    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        var nibble = Vector128.Create((byte)0x0F);
        var (here, count) = (at, 0);
        // Reads end within the text: block + 16 + Beyond <= length. A block never finds more than there is room for.
        var last = text.Length - Vector128<byte>.Count - Beyond;
        while (last >= 0 && here < last + Vector128<byte>.Count && count + Vector128<byte>.Count <= places.Length)
        {
            // The last block overlaps the one before: a text's end byte by byte took as long as all of a small file.
            var block = Math.Min(here, last);
            var first = Vector128.LoadUnsafe(ref start, (nuint)block);
            var second = Vector128.LoadUnsafe(ref start, (nuint)block + 1);
            var third = Vector128.LoadUnsafe(ref start, (nuint)block + 2);
            var fourth = Vector128.LoadUnsafe(ref start, (nuint)block + 3);
            var found = Vector128<byte>.Zero;
            // Whole groups of tables, by construction.
            for (var i = 0; i < _tables.Length; i += TablesOfGroup)
            {
                ref var group = ref Unsafe.Add(ref tables, i);
                found |= Look(ref group, 0, first, nibble) & Look(ref group, 1, second, nibble) & Look(ref group, 2, third, nibble) & Look(ref group, 3, fourth, nibble);
            }
            var bits = found == Vector128<byte>.Zero ? 0 : ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF & (uint.MaxValue << (here - block));
            for (; bits != 0; bits &= bits - 1)
            {
                var place = block + BitOperations.TrailingZeroCount(bits);
                if (hashes.Has(HashBitmap.FourAt(ref Unsafe.Add(ref start, place))))
                    places[count++] = place;
            }
            here = block + Vector128<byte>.Count;
        }
        at = here;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Look(ref Vector128<byte> group, int place, Vector128<byte> bytes, Vector128<byte> nibble) =>
        Nibbles.LookUp(Unsafe.Add(ref group, 2 * place), bytes & nibble) & Nibbles.LookUp(Unsafe.Add(ref group, (2 * place) + 1), bytes >>> 4);
}
