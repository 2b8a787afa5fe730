using System.Text;
using System.Text.Unicode;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

internal sealed partial class SourceText
{
    private string? _text;
    private int[]? _lines;

    public string Text => _text ??= Decode(Bytes.Span).Replace("\r\n", "\n", StringComparison.Ordinal);

    public bool HasInvalidUtf8 => EncodingOf(Bytes.Span).CodePage == Encoding.UTF8.CodePage && !Utf8.IsValid(Bytes.Span);

    public bool HasNul => EncodingOf(Bytes.Span).CodePage == Encoding.UTF8.CodePage ? Bytes.Span.Contains((byte)0) : Text.Contains('\0', StringComparison.Ordinal);

    public TextSpan Span(int start, int end)
    {
        var (line, column) = Place(start);
        var (endLine, endColumn) = Place(end);
        return new TextSpan(line, column, endLine, endColumn);
    }

    public ReadOnlySpan<char> LineAt(int offset)
    {
        var lines = Lines();
        var index = Array.BinarySearch(lines, offset);
        var start = lines[index >= 0 ? index : ~index - 1];
        var rest = Text.AsSpan(start);
        var end = rest.IndexOf('\n');
        return end < 0 ? rest : rest[..end];
    }

    private (int Line, int Column) Place(int offset)
    {
        var lines = Lines();
        var index = Array.BinarySearch(lines, offset);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - lines[line] + 1);
    }

    private int[] Lines()
    {
        if (_lines is not null)
            return _lines;
        var lines = new List<int> { 0 };
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n')
                lines.Add(i + 1);
        }
        return _lines = [.. lines];
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = EncodingOf(bytes);
        return encoding.GetString(bytes.StartsWith(encoding.Preamble) ? bytes[encoding.Preamble.Length..] : bytes);
    }
}
