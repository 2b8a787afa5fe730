using System.Text;
using System.Xml;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>Takes texts of a size that a report can hold, and never more into memory.</summary>
internal static class ResultText
{
    public const int LongestName = 1000;
    public const int LongestText = 16 * 1024;

    /// <summary>The text of the element that the reader stands at; afterwards it stands at that element's end.</summary>
    public static string OfElement(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var buffer = new char[4096];
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA))
                continue;
            int read;
            while (text.Length < LongestText && (read = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
                text.Append(buffer, 0, Math.Min(read, LongestText - text.Length));
        }
        return text.ToString();
    }

    public static string Shorten(string? text, int length) => text is null ? "" : text.Length <= length ? text : text[..(length - 1)] + "…";
}
