namespace GitIntent.Arv.Tree;

/// <summary>A file's content as text: decoded, without byte-order mark, CRLF read as LF, with places of the file.</summary>
internal sealed partial class SourceText
{
    private SourceText(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The bytes as they are on disk.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static SourceText Of(ReadOnlyMemory<byte> bytes) => new(bytes);

    // To come in this part's other files (decoded lazily: bytes without a hit are never decoded):
    //   string Text            decoded, no byte-order mark, CRLF as LF; invalid UTF-8 as U+FFFD
    //   bool HasInvalidUtf8    true when a byte had to be replaced
    //   TextSpan Span(int start, int end)          of offsets in Text, end exclusive
    //   ReadOnlySpan<char> LineAt(int offset)      the line of Text that holds the offset, without its end
}
