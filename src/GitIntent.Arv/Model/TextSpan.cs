namespace GitIntent.Arv.Model;

/// <summary>
/// A range in a file. Lines and columns start at 1; columns count UTF-16 units (a tab is one, a byte-order mark none);
/// <see cref="EndColumn"/> is exclusive. LF and CRLF end a line; a lone CR does not.
/// </summary>
internal readonly record struct TextSpan(int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The first character's place, for findings about a whole file.</summary>
    public static readonly TextSpan Start = new(1, 1, 1, 1);
}
