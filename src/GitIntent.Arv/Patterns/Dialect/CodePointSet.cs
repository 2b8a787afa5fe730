using System.Collections.Immutable;

namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>Code points from <paramref name="First"/> to <paramref name="Last"/>, both in it.</summary>
internal readonly record struct CodePointRange(int First, int Last);

/// <summary>A set of code points: sorted ranges that neither overlap nor touch.</summary>
internal sealed class CodePointSet
{
    public const int Max = 0x10FFFF;

    public static readonly CodePointSet All = Of(new CodePointRange(0, Max));
    public static readonly CodePointSet NotLineEnd = Of(new CodePointRange('\n', '\n')).Negate();

    private CodePointSet(ImmutableArray<CodePointRange> ranges)
    {
        Ranges = ranges;
        foreach (var (first, last) in ranges)
        {
            if (first < 64)
                LowAscii |= Bits(first, last);
            if (first < 128 && last >= 64)
                HighAscii |= Bits(Math.Max(first - 64, 0), last - 64);
        }

        static ulong Bits(int first, int last) => (ulong.MaxValue << first) & (ulong.MaxValue >> (63 - Math.Min(last, 63)));
    }

    public ImmutableArray<CodePointRange> Ranges { get; }

    /// <summary>The first 64 code points, a bit each.</summary>
    public ulong LowAscii { get; }

    /// <summary>The next 64.</summary>
    public ulong HighAscii { get; }

    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>The one code point of the set, or -1.</summary>
    public int Single => Ranges is [{ } only] && only.First == only.Last ? only.First : -1;

    public static CodePointSet Of(params ReadOnlySpan<CodePointRange> ranges)
    {
        var sorted = ranges.ToArray();
        Array.Sort(sorted, static (a, b) => a.First.CompareTo(b.First));
        var merged = ImmutableArray.CreateBuilder<CodePointRange>(sorted.Length);
        foreach (var range in sorted)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }
        return new CodePointSet(merged.DrainToImmutable());
    }

    public static CodePointSet Of(int codePoint) => Of(new CodePointRange(codePoint, codePoint));

    public bool Contains(int codePoint)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < Ranges[middle].First)
                high = middle - 1;
            else if (codePoint > Ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }
        return false;
    }

    public bool Overlaps(CodePointSet other) => Ranges.Any(mine => other.Ranges.Any(its => mine.First <= its.Last && its.First <= mine.Last));

    public CodePointSet Negate()
    {
        var gaps = new List<CodePointRange>(Ranges.Length + 1);
        var next = 0;
        foreach (var range in Ranges)
        {
            if (range.First > next)
                gaps.Add(new CodePointRange(next, range.First - 1));
            next = range.Last + 1;
        }
        if (next <= Max)
            gaps.Add(new CodePointRange(next, Max));
        return Of([.. gaps]);
    }

    /// <summary>The set with both cases of its ASCII letters: <c>(?i)</c> folds no others, so that <c>k</c> is not the Kelvin sign.</summary>
    public CodePointSet FoldAscii()
    {
        var ranges = new List<CodePointRange>(Ranges);
        foreach (var range in Ranges)
        {
            AddShifted(range, 'a', 'z', 'A' - 'a');
            AddShifted(range, 'A', 'Z', 'a' - 'A');
        }
        return Of([.. ranges]);

        void AddShifted(CodePointRange range, int first, int last, int shift)
        {
            var from = Math.Max(range.First, first);
            var to = Math.Min(range.Last, last);
            if (from <= to)
                ranges.Add(new CodePointRange(from + shift, to + shift));
        }
    }
}
