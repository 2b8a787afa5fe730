using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree.Reading;

/// <summary>Lines and columns of places in a window, asked in order. Lines are counted only up to a place that somebody asks for.</summary>
internal ref struct LinePlaces(ReadOnlySpan<byte> text, LinePlaces.Base start)
{
    /// <summary>Where a window starts: the number of the line, and how many columns of it lie before.</summary>
    public readonly record struct Base(int Line, int Columns)
    {
        public static readonly Base Start = new(1, 0);
    }

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _line = start.Line;
    private int _columns = start.Columns;

    /// <summary>The place of a range, the end exclusive. Its start lies at or after that of the one asked before.</summary>
    /// <remarks>A CR before LF is the last thing on its line, so that leaving it out moves no column.</remarks>
    public TextSpan Span(int from, int to)
    {
        var first = At(from);
        var (at, line, columns) = (_at, _line, _columns);
        var last = At(to);
        (_at, _line, _columns) = (at, line, columns);
        return new TextSpan(first.Line, first.Columns + 1, last.Line, last.Columns + 1);
    }

    /// <summary>The line and column of a place at or after the last, columns from 0.</summary>
    public Base At(int offset)
    {
        var skipped = _text[_at..offset];
        var newline = skipped.LastIndexOf((byte)'\n');
        if (newline >= 0)
        {
            _line += skipped[..(newline + 1)].Count((byte)'\n');
            _columns = 0;
        }
        _columns += Columns(skipped[(newline + 1)..]);
        _at = offset;
        return new Base(_line, _columns);
    }

    /// <summary>How many UTF-16 units valid UTF-8 is: one for each byte that begins a character, one more for those beyond U+FFFF.</summary>
    private static int Columns(ReadOnlySpan<byte> text)
    {
        var (count, at) = (0, 0);
        ref var start = ref MemoryMarshal.GetReference(text);
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref start, (nuint)at);
            var begins = Vector128.GreaterThan(block.AsSByte(), Vector128.Create((sbyte)-65)).ExtractMostSignificantBits();
            var beyond = Vector128.GreaterThanOrEqual(block, Vector128.Create((byte)0xF0)).ExtractMostSignificantBits();
            count += BitOperations.PopCount(begins) + BitOperations.PopCount(beyond);
        }
        foreach (var b in text[at..])
            count += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        return count;
    }
}
