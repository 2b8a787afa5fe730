using System.Text;

namespace GitIntent.Arv.GitHub;

/// <summary>Cuts text at a limit without halving a character.</summary>
internal static class TextBudget
{
    public static string Characters(string text, int limit)
    {
        if (text.Length <= limit) return text;

        return char.IsHighSurrogate(text[limit - 1]) ? text[..(limit - 1)] : text[..limit];
    }

    /// <summary>The beginning of a text that takes so many bytes of UTF-8.</summary>
    public static string Bytes(string text, int limit)
    {
        if (Encoding.UTF8.GetByteCount(text) <= limit) return text;

        var (bytes, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > limit) break;

            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
