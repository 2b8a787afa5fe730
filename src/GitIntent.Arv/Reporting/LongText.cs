using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>Text of several lines: a difference in a message, what a command printed last.</summary>
internal static class LongText
{
    /// <summary>Enough to see what went wrong; the whole of it is in the file that the report names.</summary>
    private const int TailLines = 10;

    public static (string First, ImmutableArray<string> More) Split(string message)
    {
        if (!message.Contains('\n', StringComparison.Ordinal))
            return (message, []);
        var lines = Lines(message);
        return (lines[0], lines.RemoveAt(0));
    }

    /// <summary>The last lines that a check's command printed, where the check did not pass; none elsewhere.</summary>
    public static ImmutableArray<string> OutputTail(CheckReport check)
    {
        if (check.Verdict is not (Verdict.Failed or Verdict.Refused)
            || check.Details is not { ValueKind: JsonValueKind.Object } details
            || !details.TryGetProperty("outputTail", out var tail)
            || tail.GetString() is not { Length: > 0 } text)
        {
            return [];
        }
        return [.. Lines(text.TrimEnd()).TakeLast(TailLines)];
    }

    private static ImmutableArray<string> Lines(string text) => [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')];
}
