using System.Security.Cryptography;
using System.Text;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>
/// What identifies a line without its number: its text, trimmed, with each run of white space as one space. Of a very long line (minified code, with
/// thousands of findings on it) the start and a digest: a finding stays small, and a change anywhere in the line still changes it.
/// </summary>
internal sealed class LineAnchors(SourceText text)
{
    private const int MaxLength = 256;

    private int _line;
    private string _anchor = "";

    /// <param name="line">The number of the line, from 1.</param>
    /// <param name="offset">A place in it.</param>
    public string At(int line, int offset)
    {
        if (line != _line)
            (_line, _anchor) = (line, Normalise(text.LineAt(offset)));
        return _anchor;
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
        if (whole.Length <= MaxLength)
            return whole;
        return $"{whole.AsSpan(0, MaxLength)}… sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))}";
    }
}
