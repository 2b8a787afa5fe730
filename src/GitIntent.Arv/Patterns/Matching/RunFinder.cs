using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Finds bytes of a set in a row: 64 bytes at a time become a mask of bits, and runs are looked for in the mask.</summary>
internal sealed class RunFinder
{
    private const int Block = 64;

    private readonly ByteSet _set;
    private readonly Vector128<byte> _byLow;
    private readonly Vector128<byte> _byHigh;
    private readonly int _length;
    private readonly bool _vectors;

    public RunFinder(ByteSet set, int length, bool vectors = true)
    {
        (_set, _length, _vectors) = (set, length, vectors && Vector128.IsHardwareAccelerated);
        (_byLow, _byHigh) = set.Tables();
    }

    /// <summary>The first run from a place on that is long enough, or, in an open text, may yet be; null when there is none.</summary>
    public (int Start, int End)? Next(ReadOnlySpan<byte> text, int at, bool open)
    {
        var start = at;
        while (at < text.Length)
        {
            var mask = Mask(text, at);
            if (mask == 0)
            {
                if (at - start >= _length)
                    return (start, at);
                start = at += Block;
                continue;
            }
            // What the block begins with belongs to the run before it; where that is too short, another may lie inside.
            var leading = BitOperations.TrailingZeroCount(~mask);
            if (leading == Block)
            {
                at += Block;
                continue;
            }
            if (at + leading - start >= _length)
                return (start, at + leading);
            if (InBlock(mask) is >= 0 and var inside)
                return (at + inside, EndOf(text, at + inside));
            start = at + Block - BitOperations.LeadingZeroCount(~mask);
            at += Block;
        }
        return start < text.Length && (open || text.Length - start >= _length) ? (start, text.Length) : null;
    }

    /// <summary>Where in a block a run of the length begins; -1 when none does that also ends in it.</summary>
    private int InBlock(ulong mask)
    {
        // After each step a bit stands for twice as many set bits in a row: https://graphics.stanford.edu/~seander/bithacks.html
        if (_length > Block)
            return -1;
        for (int have = 1, step; have < _length; have += step)
        {
            step = Math.Min(have, _length - have);
            mask &= mask >> step;
            if (mask == 0)
                return -1;
        }
        return BitOperations.TrailingZeroCount(mask);
    }

    private int EndOf(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && _set.Contains(text[at]))
            at++;
        return at;
    }

    private ulong Mask(ReadOnlySpan<byte> text, int at)
    {
        if (!_vectors || at + Block > text.Length)
            return ScalarMask(text[at..]);
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
        ulong mask = 0;
        for (var i = 0; i < 4; i++)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)(i * 16));
            var low = Nibbles.LookUp(_byLow, bytes & Vector128.Create((byte)0x0F));
            var high = Nibbles.LookUp(_byHigh, bytes >>> 4);
            var inside = ~Vector128.Equals(low & high, Vector128<byte>.Zero);
            mask |= (ulong)(_set.Beyond ? inside | bytes : inside).ExtractMostSignificantBits() << (16 * i);
        }
        return mask;
    }

    private ulong ScalarMask(ReadOnlySpan<byte> text)
    {
        ulong mask = 0;
        for (var i = 0; i < Math.Min(Block, text.Length); i++)
            mask |= _set.Contains(text[i]) ? 1UL << i : 0;
        return mask;
    }
}
