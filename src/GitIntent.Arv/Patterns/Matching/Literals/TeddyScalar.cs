namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>One byte after the other.</summary>
internal sealed class TeddyScalar(TeddyTables tables, HashBitmap hashes)
{
    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        var count = 0;
        for (; at < text.Length && count < places.Length; at++)
        {
            if (at + LiteralSet.LeastLength <= text.Length && IsCandidate(text.Slice(at, Math.Min(TeddyTables.Width, text.Length - at))) && hashes.Has(HashBitmap.KeyOf(text, at, 4)))
                places[count++] = at;
        }
        return count;
    }

    private bool IsCandidate(ReadOnlySpan<byte> window)
    {
        for (var group = 0; group < tables.Groups; group++)
        {
            var buckets = 0xFF;
            for (var place = 0; place < window.Length; place++)
                buckets &= tables.Table(group, place, 0)[window[place] & 15] & tables.Table(group, place, 1)[window[place] >> 4];
            if (buckets != 0)
                return true;
        }
        return false;
    }
}
