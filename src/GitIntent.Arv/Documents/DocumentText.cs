using System.Text;

namespace GitIntent.Arv.Documents;

/// <summary>A document's characters, and where each of them is: LF and CRLF end a line, a lone CR does not.</summary>
internal sealed class DocumentText
{
    private readonly List<int> _lineStarts = [0];

    private DocumentText(string text)
    {
        Text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            _lineStarts.Add(at + 1);
    }

    public string Text { get; }

    /// <summary>Decodes strictly: a document of replacement characters would be another document.</summary>
    /// <param name="utf8Only">Refuses UTF-16 and UTF-32 even with a byte-order mark.</param>
    public static DocumentText Decode(string source, ReadOnlySpan<byte> bytes, bool utf8Only)
    {
        var (encoding, skip) = EncodingOf(bytes);
        if (utf8Only && encoding is not UTF8Encoding)
            throw new DocumentException(source, new Mark(1, 1), $"the document is {encoding.WebName.ToUpperInvariant()}; expected UTF-8");
        try
        {
            return new DocumentText(encoding.GetString(bytes[skip..]));
        }
        catch (DecoderFallbackException e)
        {
            throw new DocumentException(source, PlaceOfBadByte(encoding, bytes[skip..]), $"invalid {encoding.WebName.ToUpperInvariant()} ({Hex(e.BytesUnknown)})");
        }
    }

    public Mark MarkAt(int offset)
    {
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return new Mark(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The line that holds the offset, without its end, and where it starts.</summary>
    public (int Start, string Line) LineAt(int offset)
    {
        var start = _lineStarts[MarkAt(offset).Line - 1];
        var end = Text.IndexOf('\n', start);
        return (start, Text[start..(end < 0 ? Text.Length : end)]);
    }

    /// <summary>Where the line after the one of this offset starts; the text's end after the last.</summary>
    public int NextLine(int offset)
    {
        var line = MarkAt(offset).Line;
        return line < _lineStarts.Count ? _lineStarts[line] : Text.Length;
    }

    private static (Encoding Encoding, int Skip) EncodingOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, true), 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, false, true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, false, true), 4),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
        _ => (new UTF8Encoding(false, true), 0),
    };

    /// <summary>Decodes as far as it goes: what comes out before the failure ends where the bad byte is.</summary>
    private static Mark PlaceOfBadByte(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var good = new StringBuilder();
        var decoder = encoding.GetDecoder();
        Span<char> chars = stackalloc char[8];
        try
        {
            foreach (var b in bytes)
                good.Append(chars[..decoder.GetChars([b], chars, false)]);
        }
        catch (DecoderFallbackException)
        {
            // Here it is.
        }
        var text = new DocumentText(good.ToString());
        return text.MarkAt(text.Text.Length);
    }

    private static string Hex(byte[]? bytes) => string.Join(' ', (bytes ?? []).Select(b => $"0x{b:X2}"));
}
