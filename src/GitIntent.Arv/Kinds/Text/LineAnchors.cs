using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>
/// What identifies a line without its number: its text, trimmed, with each run of white space as one space. Of a long line (minified code, with
/// thousands of findings on it) the start and a digest: a finding stays small, and a change anywhere in the line still changes it. Of a line
/// longer than any that was written, only what is near the finding counts: it may be longer than memory.
/// </summary>
internal ref struct LineAnchors(ReadOnlySpan<byte> text)
{
    /// <summary>How far, to either side, the ends of a line are looked for.</summary>
    public const int Reach = 64 * 1024;

    private const int Near = 128;
    private const int MaxLength = 256;
    private const int OnStack = 1024;

    private readonly ReadOnlySpan<byte> _text = text;
    private (int Start, int End) _line = (-1, -1);
    private string _anchor = "";

    /// <param name="offset">A place in the line.</param>
    public string At(int offset)
    {
        var before = _text[Math.Max(0, offset - Reach)..offset];
        var after = _text[offset..Math.Min(_text.Length, offset + Reach)];
        var (start, end) = (before.LastIndexOf((byte)'\n'), after.IndexOf((byte)'\n'));
        var isLong = (start < 0 && before.Length == Reach) || (end < 0 && after.Length == Reach);
        var line = (Start: offset - before.Length + start + 1, End: offset + (end < 0 ? after.Length : end));
        if (isLong)
            line = (Math.Max(line.Start, offset - Near), Math.Min(line.End, offset + Near));
        if (line != _line)
            (_line, _anchor) = (line, Normalise(_text[line.Start..line.End]));
        return _anchor;
    }

    /// <summary>As for text. Most lines are ASCII: their anchor is the only string that is made of them, where there were four.</summary>
    public static string Normalise(ReadOnlySpan<byte> line)
    {
        if (!Ascii.IsValid(line))
            return Normalise(Encoding.UTF8.GetString(line));
        var rented = line.Length > OnStack ? ArrayPool<byte>.Shared.Rent(line.Length) : null;
        try
        {
            var normal = rented is null ? stackalloc byte[OnStack] : rented;
            var length = 0;
            foreach (var b in line)
            {
                if (!char.IsWhiteSpace((char)b))
                    normal[length++] = b;
                else if (length > 0 && normal[length - 1] != ' ')
                    normal[length++] = (byte)' ';
            }
            if (length > 0 && normal[length - 1] == ' ')
                length--;
            normal = normal[..length];
            return length <= MaxLength ? Encoding.ASCII.GetString(normal) : Shorten(Encoding.ASCII.GetString(normal[..MaxLength]), normal);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static string Normalise(ReadOnlySpan<char> line)
    {
        var normal = new StringBuilder(line.Length);
        foreach (var c in line.Trim())
        {
            if (!char.IsWhiteSpace(c))
                normal.Append(c);
            else if (normal[^1] != ' ')
                normal.Append(' ');
        }
        var whole = normal.ToString();
        return whole.Length <= MaxLength ? whole : Shorten(whole.AsSpan(0, MaxLength), Encoding.UTF8.GetBytes(whole));
    }

    private static string Shorten(ReadOnlySpan<char> start, ReadOnlySpan<byte> whole) => $"{start}… sha256:{Convert.ToHexStringLower(SHA256.HashData(whole))}";
}
