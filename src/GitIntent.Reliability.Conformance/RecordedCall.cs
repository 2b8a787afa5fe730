using System.Globalization;
using System.Text;

namespace GitIntent.Reliability.Conformance;

/// <summary>A call as it happened.</summary>
/// <param name="Caller">Who called; <c>clock</c> is the clock itself.</param>
/// <param name="Call">What was called, such as <c>acquire run-1 for 60 s</c>.</param>
/// <param name="Result">What it came to.</param>
/// <param name="From">When it began, since the history did.</param>
/// <param name="To">When it ended.</param>
/// <param name="Invoked">Its place in the order of all beginnings and ends.</param>
/// <param name="Returned">The place of its end.</param>
public sealed record RecordedCall(string Caller, string Call, string Result, TimeSpan From, TimeSpan To, long Invoked, long Returned)
{
    /// <summary>Whether both were under way at the same time.</summary>
    public bool Overlaps(RecordedCall other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Invoked < other.Returned && other.Invoked < Returned;
    }

    /// <summary>Calls as a table of text, a line each: number, from, to, caller, call, result, and with which other calls it overlapped.</summary>
    public static string Table(IReadOnlyList<RecordedCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        string[][] rows = [["#", "from", "to", "caller", "call", "result", "overlaps"], .. calls.Select((c, i) => Row(c, i, calls))];
        var text = new StringBuilder();
        var widths = Enumerable.Range(0, 7).Select(column => rows.Max(r => r[column].Length)).ToArray();
        var last = calls.Any(c => calls.Any(o => o != c && c.Overlaps(o))) ? 7 : 6;
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Take(last).Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>The numbers, from 1, of the calls that overlapped call <paramref name="index"/>.</summary>
    public static IEnumerable<int> OverlapsOf(IReadOnlyList<RecordedCall> calls, int index) =>
        Enumerable.Range(0, calls?.Count ?? 0).Where(i => i != index && calls![i].Overlaps(calls[index])).Select(static i => i + 1);

    private static string[] Row(RecordedCall call, int index, IReadOnlyList<RecordedCall> all) =>
    [
        (index + 1).ToString(CultureInfo.InvariantCulture), Seconds(call.From), Seconds(call.To), call.Caller, call.Call, call.Result,
        string.Join(", ", OverlapsOf(all, index).Select(static n => n.ToString(CultureInfo.InvariantCulture))),
    ];

    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");
}
