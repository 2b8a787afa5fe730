using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Processes;

/// <summary>Makes what a command printed fit to be shown: no secrets, no colours, no more than can be read. Reporters escape what else there is.</summary>
internal sealed class CommandText(Redactor redactor)
{
    private const int TailLines = 40;
    private const int TailLength = 4000;

    // Control sequences of a terminal: ECMA-48, "CSI … final byte", and the operating system's commands "OSC … BEL" or "… ST".
    private static readonly Lazy<Regex> Sequences = new(static () => new Regex(
        @"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|\x1b[@-Z\\^_]",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    public string Clean(string text) => redactor.Redact(text.Contains('\x1b', StringComparison.Ordinal) ? Sequences.Value.Replace(text, "") : text);

    /// <summary>All of it; invalid UTF-8 as U+FFFD.</summary>
    public string All(ReadOnlySpan<byte> bytes) => Clean(Encoding.UTF8.GetString(bytes)).ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>The last lines; invalid UTF-8 as U+FFFD.</summary>
    public string Tail(ReadOnlySpan<byte> bytes)
    {
        var text = All(bytes);
        var lines = text.Split('\n');
        text = string.Join('\n', lines.TakeLast(TailLines));
        return text.Length <= TailLength ? text : "…" + text[^(TailLength - 1)..];
    }
}
