namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>The four bytes of a literal that are looked for (of a literal of three, those).</summary>
internal readonly record struct LiteralWindow(RequiredLiteral Literal, int Offset, int Length)
{
    public const byte CaseBit = 0x20;

    /// <summary>The bytes that are rarest in source code: for <c>console.log(</c> not <c>cons</c>, which stands in <c>const</c>.</summary>
    public static LiteralWindow Rarest(RequiredLiteral literal)
    {
        var length = Math.Min(literal.Bytes.Length, 4);
        var (best, least) = (0, double.MaxValue);
        for (var offset = 0; offset + length <= literal.Bytes.Length; offset++)
        {
            var share = 1d;
            for (var i = offset; i < offset + length; i++)
                share *= ByteFrequencies.Of(literal.Bytes[i], literal.AnyCase[i]);
            if (share < least)
                (best, least) = (offset, share);
        }
        return new LiteralWindow(literal, best, length);
    }

    public uint Key => HashBitmap.KeyOf(Literal.Bytes.AsSpan(), Offset, Length);

    /// <summary>The bytes that may stand at a place of the window: one, or a letter in either case.</summary>
    public (byte Lower, bool AnyCase) this[int index] => (Literal.Bytes[Offset + index], Literal.AnyCase[Offset + index]);
}
