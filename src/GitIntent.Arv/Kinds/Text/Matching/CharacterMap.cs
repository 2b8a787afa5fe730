using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Kinds.Text.Dialect;

namespace GitIntent.Arv.Kinds.Text.Matching;

/// <summary>
/// How one pattern sees the characters beyond ASCII. .NET's engine works on UTF-16 units and has a Unicode <c>\b</c>; the dialect works on code points and
/// has an ASCII one. So the pattern's sets cut the code points from U+0080 into the few intervals that the pattern can tell apart, and before it is
/// matched, each such character of a text is replaced by one private-use unit, which is no word character, that stands for its interval.
/// </summary>
internal sealed class CharacterMap
{
    private const int FirstBeyond = 0x80;
    private const char FirstStandIn = '\uE000';
    private const char LastStandIn = '\uF8FF';

    /// <summary>Where each interval starts, ascending; the first is U+0080.</summary>
    private readonly ImmutableArray<int> _starts;

    private CharacterMap(ImmutableArray<int> starts) => _starts = starts;

    /// <summary>Null when the sets cut more intervals than there are stand-ins.</summary>
    public static CharacterMap? Of(IEnumerable<CodePointSet> sets)
    {
        var starts = new SortedSet<int> { FirstBeyond };
        foreach (var range in sets.SelectMany(static s => s.Ranges).Where(static r => r.Last >= FirstBeyond))
        {
            if (range.First >= FirstBeyond)
                starts.Add(range.First);
            if (range.Last < CodePointSet.Max)
                starts.Add(range.Last + 1);
        }
        return starts.Count > LastStandIn - FirstStandIn ? null : new CharacterMap([.. starts]);
    }

    /// <summary>The stand-ins of the intervals of the set.</summary>
    public IEnumerable<char> StandIns(CodePointSet set) =>
        Enumerable.Range(0, _starts.Length).Where(i => set.Contains(_starts[i])).Select(static i => (char)(FirstStandIn + i));

    /// <summary>Replaces what is beyond ASCII.</summary>
    /// <param name="target">Gets one unit a character.</param>
    /// <param name="pairs">Gets the offsets in <paramref name="target"/> of what were surrogate pairs, ascending.</param>
    /// <returns>How long the target is.</returns>
    public int Map(ReadOnlySpan<char> text, Span<char> target, List<int> pairs)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var ascii = text.IndexOfAnyExceptInRange('\0', '\x7f');
            if (ascii < 0)
                ascii = text.Length;
            text[..ascii].CopyTo(target[length..]);
            length += ascii;
            text = text[ascii..];
            while (!text.IsEmpty && text[0] >= FirstBeyond)
            {
                var codePoint = (int)text[0];
                var units = 1;
                if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) == OperationStatus.Done && consumed == 2)
                {
                    (codePoint, units) = (rune.Value, 2);
                    pairs.Add(length);
                }
                target[length++] = StandIn(codePoint);
                text = text[units..];
            }
        }
        return length;
    }

    /// <summary>The offset in the text of an offset in what it was mapped to: each pair before it was one unit longer.</summary>
    public static int Unmap(int offset, List<int> pairs)
    {
        var before = pairs.BinarySearch(offset);
        return offset + (before >= 0 ? before : ~before);
    }

    private char StandIn(int codePoint)
    {
        var index = _starts.BinarySearch(codePoint);
        return (char)(FirstStandIn + (index >= 0 ? index : ~index - 1));
    }
}
