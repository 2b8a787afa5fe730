using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>Looks up 16 nibbles in a table of 16 at once, by the processor's own instruction.</summary>
/// <remarks>
/// Vector128.ShuffleNative is that instruction only where the compiler may take it for granted: compiled ahead of time for any x64 it became a loop
/// over bytes. Asked for by name, it is looked for when the program starts.
/// </remarks>
internal static class Nibbles
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LookUp(Vector128<byte> table, Vector128<byte> nibbles)
    {
        if (Ssse3.IsSupported)
            return Ssse3.Shuffle(table, nibbles);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.VectorTableLookup(table, nibbles);
        return Vector128.Shuffle(table, nibbles);
    }

    /// <summary>The same in each half; where the processor has no such instruction, half by half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LookUp(Vector256<byte> table, Vector256<byte> nibbles)
    {
        if (Avx2.IsSupported)
            return Avx2.Shuffle(table, nibbles);
        return Vector256.Create(LookUp(table.GetLower(), nibbles.GetLower()), LookUp(table.GetUpper(), nibbles.GetUpper()));
    }
}
