using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Kinds.Exec.Golden;

/// <param name="Line">The first line of the golden that differs.</param>
/// <param name="Text">What differs, for people.</param>
internal sealed record GoldenDifference(int Line, string Text);

/// <summary>
/// Compares bytes, and explains in lines. What cannot be seen (line ends, white space at an end, a byte-order mark, control characters) is said in words.
/// </summary>
internal static class GoldenComparison
{
    public const int LargestText = 16 << 20;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <returns>Null when they are the same.</returns>
    public static GoldenDifference? Compare(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.SequenceEqual(actual))
            return null;
        if (Decode(expected) is not { } expectedText || Decode(actual) is not { } actualText)
            return Bytes(expected, actual);
        var (expectedLines, actualLines) = (Lines.Of(expectedText), Lines.Of(actualText));
        var first = FirstDifference(expectedLines, actualLines);
        var words = Invisible.Differences(expectedLines, actualLines);
        var text = new StringBuilder();
        foreach (var word in words)
            text.Append(word).Append('\n');
        text.Append(UnifiedDiff.Of(expectedLines, actualLines));
        return new GoldenDifference(Math.Min(first, Math.Max(1, expectedLines.Count)), text.ToString().TrimEnd('\n'));
    }

    private static int FirstDifference(List<Line> expected, List<Line> actual)
    {
        var i = 0;
        while (i < expected.Count && i < actual.Count && expected[i] == actual[i])
            i++;
        return i + 1;
    }

    private static GoldenDifference Bytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var at = expected.CommonPrefixLength(actual);
        var line = expected[..at].Count((byte)'\n') + 1;
        return new GoldenDifference(line, string.Create(CultureInfo.InvariantCulture,
            $"not UTF-8, so compared as bytes: the first difference is at byte {at} (expected {Byte(expected, at)}, found {Byte(actual, at)}); {expected.Length} bytes expected, {actual.Length} found"));
    }

    private static string Byte(ReadOnlySpan<byte> bytes, int at) =>
        at < bytes.Length ? "0x" + bytes[at].ToString("x2", CultureInfo.InvariantCulture) : "the end";

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
