namespace GitIntent.Arv.Tree;

/// <summary>A file's content as text: decoded, without byte-order mark, CRLF read as LF, with places of the file.</summary>
internal sealed partial class SourceText
{
    private SourceText(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The bytes as they are on disk.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public static SourceText Of(ReadOnlyMemory<byte> bytes) => new(bytes);
}
