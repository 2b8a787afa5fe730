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
        // A scalar that goes on is reported where it starts, though the tab is on the next line.
        foreach (var tab in (int?[])[IndentingTab(text, offset), IndentingTab(text, text.NextLine(offset))])
        {
            if (tab is { } at)
                return new DocumentException(source, text.MarkAt(at), "a tab indents this line; YAML is indented with spaces");
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
