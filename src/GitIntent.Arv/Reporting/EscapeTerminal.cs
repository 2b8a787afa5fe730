using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Reporting;

/// <summary>Makes untrusted text safe to print: what a terminal would obey, and what an eye would not see, is spelled out.</summary>
internal static class EscapeTerminal
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>One line of text: line ends too are spelled out.</summary>
    public static string Text(string text)
    {
        if (!AnyHidden(text)) return text;

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes out as U+FFFD
        {
            if (IsHidden(rune))
                Append(escaped, rune.Value);
            else
                escaped.Append(rune.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>
    /// Control characters, line separators and format characters (bidirectional controls: CVE-2021-42574; tags that carry
    /// text for machines only), variation selectors of the supplement, blank letters. Not the two joiners that scripts and emoji need.
    /// </summary>
    public static bool IsHidden(Rune rune) => rune.Value switch
    {
        ZeroWidthNonJoiner or ZeroWidthJoiner => false,
        >= ' ' and <= '~' => false,
        0x3164 or 0xFFA0 => true, // Hangul fillers: letters that draw nothing
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static bool AnyHidden(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return false;

        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || IsHidden(rune)) return true;

            i += rune.Utf16SequenceLength;
        }

        return false;
    }

    private static void Append(StringBuilder escaped, int value) => _ = value switch
    {
        '\t' => escaped.Append("\\t"),
        '\n' => escaped.Append("\\n"),
        '\r' => escaped.Append("\\r"),
        <= 0xFF => escaped.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
        _ => escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}"),
    };
}
