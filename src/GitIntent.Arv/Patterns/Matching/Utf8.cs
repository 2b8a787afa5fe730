using System.Runtime.CompilerServices;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Code points in bytes that are known to be valid UTF-8.</summary>
internal static class Utf8
{
    /// <summary>The code point at a place and its number of bytes; -1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CodePointAt(ReadOnlySpan<byte> text, int at, out int width)
    {
        if ((uint)at >= (uint)text.Length)
        {
            width = 0;
            return -1;
        }
        var first = text[at];
        width = 1;
        return first < 0x80 ? first : Longer(text, at, first, out width);
    }

    /// <summary>The first byte of a code point's bytes.</summary>
    public static int LeadOf(int codePoint) => codePoint switch
    {
        < 0x80 => codePoint,
        < 0x800 => 0xC0 | (codePoint >> 6),
        < 0x10000 => 0xE0 | (codePoint >> 12),
        _ => 0xF0 | (codePoint >> 18),
    };

    public static int WidthOf(int codePoint) => codePoint switch
    {
        < 0x80 => 1,
        < 0x800 => 2,
        < 0x10000 => 3,
        _ => 4,
    };

    private static int Longer(ReadOnlySpan<byte> text, int at, int first, out int width)
    {
        width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        var codePoint = first & (0xFF >> (width + 1));
        for (var i = 1; i < width; i++)
            codePoint = (codePoint << 6) | (text[at + i] & 0x3F);
        return codePoint;
    }
}
