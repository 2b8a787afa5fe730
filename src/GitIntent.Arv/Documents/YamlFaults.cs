using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitIntent.Arv.Documents;

/// <summary>Says in words what the YAML parser met.</summary>
internal static class YamlFaults
{
    /// <param name="last">The last good event: the place, where the parser gives none.</param>
    public static DocumentException Translate(string source, DocumentText text, Exception e, ParsingEvent? last)
    {
        var index = e is YamlException yaml ? yaml.Start.Index : last?.Start.Index ?? 0;
        var offset = (int)Math.Clamp(index, 0, text.Text.Length);
        // The parser reports where the structure starts that the tab is in the way of: the tab itself is on a later line.
        for (var line = offset; line < text.Text.Length && e.Message.Contains("tab", StringComparison.Ordinal); line = text.NextLine(line))
        {
            if (IndentingTab(text, line) is { } tab)
                return new DocumentException(source, text.MarkAt(tab), "a tab indents this line; YAML is indented with spaces");
        }
        return new DocumentException(source, text.MarkAt(offset), "not valid YAML: " + Words(e));
    }

    private static int? IndentingTab(DocumentText text, int offset)
    {
        var (start, line) = text.LineAt(offset);
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab >= 0 && string.IsNullOrWhiteSpace(line[..tab]) ? start + tab : null;
    }

    private static string Words(Exception e)
    {
        if (e is not YamlException || e.Message.Length == 0)
            return "the structure is broken here, as by a bracket that is not closed";
        var words = e.Message.TrimEnd('.');
        return char.ToLowerInvariant(words[0]) + words[1..];
    }
}
