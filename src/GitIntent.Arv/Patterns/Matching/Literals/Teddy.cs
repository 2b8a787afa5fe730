namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>How many bytes a pass looks at together.</summary>
internal enum VectorWidth
{
    /// <summary>One: what the others must equal, and what is left at a text's end.</summary>
    Scalar,

    /// <summary>16: every processor of today, and what a native build may use without asking.</summary>
    Vector128,

    /// <summary>32: AVX2.</summary>
    Vector256,
}

/// <summary>
/// Geoffrey Langdale's Teddy (https://github.com/BurntSushi/aho-corasick/tree/master/src/packed/teddy): places where one of many windows
/// may stand, 16 or 32 at a time, by looking up the two nibbles of each byte. Those that a hash of four bytes does not know are left out.
/// </summary>
internal sealed class Teddy
{
    private readonly TeddyScalar _scalar;
    private readonly Teddy128? _narrow;
    private readonly Teddy256? _wide;

    public Teddy(IReadOnlyList<LiteralWindow> windows, HashBitmap hashes, VectorWidth width)
    {
        var tables = new TeddyTables(windows);
        _scalar = new TeddyScalar(tables, hashes);
        _narrow = width == VectorWidth.Vector128 ? new Teddy128(tables, hashes) : null;
        _wide = width == VectorWidth.Vector256 ? new Teddy256(tables, hashes) : null;
    }

    public static VectorWidth Widest => System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? VectorWidth.Vector256
        : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? VectorWidth.Vector128 : VectorWidth.Scalar;

    /// <summary>The next places, as many as there is room for; and from where to go on.</summary>
    public int Find(ReadOnlySpan<byte> text, ref int at, Span<int> places)
    {
        var count = _wide?.Find(text, ref at, places) ?? _narrow?.Find(text, ref at, places) ?? 0;
        return count > 0 ? count : _scalar.Find(text, ref at, places);
    }
}
