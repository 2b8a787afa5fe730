using System.Text;

namespace GitIntent.Arv.Tree.Reading;

/// <summary>From bytes that are meant as UTF-8 to bytes that are, with LF as line end.</summary>
internal static class TextCleaning
{
    /// <summary>How many bytes at the end may begin what only the next ones complete: a character, or CRLF.</summary>
    public static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b < 0x80)
                break;
            if (b >= 0xC0)
                return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }
        return bytes.EndsWith("\r"u8) ? 1 : 0;
    }

    /// <summary>Takes out the CR of each CRLF, in place; a lone one stays.</summary>
    /// <returns>How many bytes are left.</returns>
    public static int JoinLineEnds(Span<byte> bytes)
    {
        var (read, written) = (0, 0);
        while (read < bytes.Length)
        {
            var next = bytes[read..].IndexOf("\r\n"u8);
            var keep = next < 0 ? bytes.Length - read : next;
            if (read != written)
                bytes.Slice(read, keep).CopyTo(bytes[written..]);
            (read, written) = (read + keep + (next < 0 ? 0 : 1), written + keep);
        }
        return written;
    }

    /// <summary>The same with U+FFFD for each part that is no UTF-8, cut as the decoders of .NET cut.</summary>
    public static byte[] Repair(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
}
