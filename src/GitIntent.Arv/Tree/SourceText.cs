using System.Text.Unicode;

namespace GitIntent.Arv.Tree;

/// <summary>
/// A file's content as text: decoded, without byte-order mark, CRLF read as LF, with places of the file.
/// Bytes that nobody asks about are never decoded.
/// </summary>
internal sealed partial class SourceText
{
    private readonly TextEncoding _encoding;
    private string? _text;
    private int[]? _lines;

    private SourceText(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        _encoding = TextEncoding.Of(bytes.Span);
    }

    /// <summary>The bytes as they are on disk.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Decoded; what is no valid text is U+FFFD.</summary>
    public string Text => _text ??= Decode();

    /// <summary>Whether a byte had to be replaced (in UTF-16 and UTF-32 too).</summary>
    public bool HasInvalidUtf8 => _encoding.IsUtf8 ? !Utf8.IsValid(Content) : !_encoding.IsValid(Content);

    /// <summary>Whether there is a NUL character, the mark of a binary file.</summary>
    public bool HasNul => _encoding.IsUtf8 ? Content.Contains((byte)0) : Text.Contains('\0', StringComparison.Ordinal);

    private ReadOnlySpan<byte> Content => Bytes.Span[_encoding.MarkLength..];

    public static SourceText Of(ReadOnlyMemory<byte> bytes) => new(bytes);

    private string Decode()
    {
        var text = _encoding.Encoding.GetString(Content);
        return text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
    }
}
