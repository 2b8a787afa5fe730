using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Tree.Reading;

/// <summary>
/// Which of the three kinds of bytes that need care a text has. One pass asks for all of them, because most files have none of
/// them, and need nothing more.
/// </summary>
internal readonly record struct ByteCensus(bool HasNul, bool HasCarriageReturn, bool HasBeyondAscii)
{
    public static ByteCensus Of(ReadOnlySpan<byte> bytes)
    {
        var (nul, carriageReturn, beyond) = (Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero);
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        for (; at + Vector256<byte>.Count <= bytes.Length; at += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref start, (nuint)at);
            nul |= Vector256.Equals(block, Vector256<byte>.Zero);
            carriageReturn |= Vector256.Equals(block, Vector256.Create((byte)'\r'));
            beyond |= block;
        }
        var (hasNul, hasReturn, hasBeyond) = (nul != Vector256<byte>.Zero, carriageReturn != Vector256<byte>.Zero, beyond.ExtractMostSignificantBits() != 0);
        for (; at < bytes.Length; at++)
        {
            var b = Unsafe.Add(ref start, at);
            hasNul |= b == 0;
            hasReturn |= b == '\r';
            hasBeyond |= b >= 0x80;
        }
        return new ByteCensus(hasNul, hasReturn, hasBeyond);
    }
}
