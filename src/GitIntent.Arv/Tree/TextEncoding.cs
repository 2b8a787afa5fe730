using System.Text;

namespace GitIntent.Arv.Tree;

/// <summary>How a file's bytes are text: by its byte-order mark, else UTF-8.</summary>
internal readonly record struct TextEncoding(Encoding Encoding, int MarkLength)
{
    private static readonly TextEncoding Utf8 = new(Encoding.UTF8, 0);
    private static readonly TextEncoding MarkedUtf8 = new(Encoding.UTF8, 3);
    private static readonly TextEncoding Utf16Little = new(Encoding.Unicode, 2);
    private static readonly TextEncoding Utf16Big = new(Encoding.BigEndianUnicode, 2);
    private static readonly TextEncoding Utf32Little = new(Encoding.UTF32, 4);
    private static readonly TextEncoding Utf32Big = new(new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4);

    public bool IsUtf8 => Encoding == Encoding.UTF8;

    public static TextEncoding Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => MarkedUtf8,
        [0xFF, 0xFE, 0, 0, ..] => Utf32Little, // before UTF-16, whose mark it begins with
        [0xFF, 0xFE, ..] => Utf16Little,
        [0xFE, 0xFF, ..] => Utf16Big,
        [0, 0, 0xFE, 0xFF, ..] => Utf32Big,
        _ => Utf8,
    };

    public bool IsValid(ReadOnlySpan<byte> content)
    {
        var strict = (Encoding)Encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            strict.GetCharCount(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
