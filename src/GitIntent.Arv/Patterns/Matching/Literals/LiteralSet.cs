using System.Collections.Immutable;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>An occurrence of a literal of a set.</summary>
internal readonly record struct LiteralHit(int Literal, int Start);

/// <summary>
/// Finds all literals of a set in one pass over the bytes: four bytes of each (three, where it has no more) by <see cref="Teddy"/>, the same in a bitmap of hashes, then
/// the literal itself. Each stage is there because the one before lets too much through: with
/// hundreds of rules Teddy alone would stop every few bytes.
/// </summary>
internal sealed class LiteralSet
{
    public const int LeastLength = 3;

    private readonly ImmutableArray<RequiredLiteral> _literals;
    private readonly int[] _offsets;
    private readonly int[] _next;
    private readonly Dictionary<uint, int> _byKey = [];
    private readonly Teddy _teddy;

    public LiteralSet(ImmutableArray<RequiredLiteral> literals, VectorWidth width)
    {
        _literals = literals;
        _offsets = new int[literals.Length];
        _next = new int[literals.Length];
        var windows = new List<LiteralWindow>(literals.Length);
        var hashes = new HashBitmap();
        for (var i = 0; i < literals.Length; i++)
        {
            var window = LiteralWindow.Rarest(literals[i]);
            _offsets[i] = window.Offset;
            windows.Add(window);
            hashes.Add(window.Key);
            _next[i] = _byKey.GetValueOrDefault(window.Key, -1);
            _byKey[window.Key] = i;
        }
        _teddy = new Teddy(windows, hashes, width);
    }

    public ImmutableArray<RequiredLiteral> Literals => _literals;

    /// <summary>Adds every occurrence of every literal, in order of place of the bytes that were looked for.</summary>
    public void Find(ReadOnlySpan<byte> text, List<LiteralHit> hits)
    {
        Span<int> places = stackalloc int[256];
        for (var at = 0; at < text.Length;)
        {
            foreach (var place in places[.._teddy.Find(text, ref at, places)])
            {
                if (place + 4 <= text.Length)
                    Add(text, place, HashBitmap.KeyOf(text, place, 4), hits);
                Add(text, place, HashBitmap.KeyOf(text, place, 3), hits);
            }
        }
    }

    private void Add(ReadOnlySpan<byte> text, int place, uint key, List<LiteralHit> hits)
    {
        if (!_byKey.TryGetValue(key, out var literal))
            return;
        for (; literal >= 0; literal = _next[literal])
        {
            var start = place - _offsets[literal];
            if (start >= 0 && IsAt(_literals[literal], text[start..]))
                hits.Add(new LiteralHit(literal, start));
        }
    }

    private static bool IsAt(RequiredLiteral literal, ReadOnlySpan<byte> text)
    {
        if (text.Length < literal.Bytes.Length)
            return false;
        for (var i = 0; i < literal.Bytes.Length; i++)
        {
            if ((literal.AnyCase[i] ? text[i] | LiteralWindow.CaseBit : text[i]) != literal.Bytes[i])
                return false;
        }
        return true;
    }
}
