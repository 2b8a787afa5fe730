namespace GitIntent.Arv.Kinds.Exec;

/// <summary>Reads a long text in pieces that cut no line, and no private key, in two.</summary>
internal static class TextPieces
{
    private const int Usual = 1 << 20;
    private const int Longest = 1 << 24;

    /// <returns>The pieces in their order; null stands for a line that is too long to be looked at.</returns>
    public static IEnumerable<string?> Of(TextReader text)
    {
        var buffer = new char[Usual];
        var length = 0;
        while (text.ReadBlock(buffer, length, buffer.Length - length) is var read && read > 0)
        {
            length += read;
            if (length < buffer.Length) continue; // the end

            var cut = Cut(buffer.AsSpan(0, length));
            if (cut > 0)
            {
                yield return new string(buffer, 0, cut);
                Array.Copy(buffer, cut, buffer, 0, length -= cut);
            }
            else if (buffer.Length < Longest)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
            else
            {
                yield return null;
                length = SkipLine(text, buffer);
            }
        }

        if (length > 0) yield return new string(buffer, 0, length);
    }

    /// <summary>After the last line end, or before a key that has begun and not ended.</summary>
    private static int Cut(ReadOnlySpan<char> text)
    {
        var begin = text.LastIndexOf("-----BEGIN", StringComparison.Ordinal);
        var isOpen = begin >= 0 && text[begin..].IndexOf("-----END", StringComparison.Ordinal) < 0;
        return text[..(isOpen ? begin : text.Length)].LastIndexOf('\n') + 1;
    }

    /// <returns>How much of the next line is in the buffer.</returns>
    private static int SkipLine(TextReader text, char[] buffer)
    {
        while (text.ReadBlock(buffer, 0, buffer.Length) is var read && read > 0)
        {
            var end = buffer.AsSpan(0, read).IndexOf('\n');
            if (end < 0) continue;

            Array.Copy(buffer, end + 1, buffer, 0, read - end - 1);
            return read - end - 1;
        }

        return 0;
    }
}
