using System.Collections.Immutable;
using System.Text;
using System.Xml;

namespace GitIntent.Arv.Documents;

/// <summary>
/// Reads XML without DTDs: an element is a map of its attributes (<c>@name</c>), its text (<c>#text</c>) and its elements, several of a name
/// as a list; one with nothing but text is that text. Names are local names, without prefix; namespace declarations are left out.
/// </summary>
internal sealed class XmlDocumentReader(string source, ReadOnlyMemory<byte> bytes, DocumentLimits limits)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly NodeBudget _budget = new(source, limits);

    public DocMap Read()
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings);
            reader.MoveToContent();
            _budget.Count(new Mark(1, 1));
            var root = Element(reader);
            while (reader.Read())
            {
                // To the end: what follows the root element is checked too.
            }
            return new DocMap(source, root.Value.Start, root.Value.End, [root]);
        }
        catch (XmlException e)
        {
            throw new DocumentException(source, new Mark(Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition)), "not valid XML: " + Words(e));
        }
    }

    /// <summary>Reads the element that the reader is at; leaves it at the element's end.</summary>
    private DocEntry Element(XmlReader reader)
    {
        var name = reader.LocalName;
        var nameStart = Place(reader);
        var start = nameStart with { Column = nameStart.Column - 1 };
        var end = nameStart with { Column = nameStart.Column + reader.Name.Length };
        var key = (Start: nameStart, End: end);
        _budget.Count(start);
        _budget.Enter(start);
        var content = new XmlContent(source, start);
        var empty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
            Attribute(reader, content);
        while (!empty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
                content.AddElement(Element(reader));
            else
                content.AddText(reader.Value);
        }
        if (!empty)
            end = Place(reader) is var close ? close with { Column = close.Column + reader.Name.Length + 1 } : end;
        _budget.Leave();
        return new DocEntry(name, source, key.Start, key.End, content.ToNode(end));
    }

    private void Attribute(XmlReader reader, XmlContent content)
    {
        if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/")
            return;
        var start = Place(reader);
        var end = start with { Column = start.Column + reader.Name.Length };
        _budget.Count(start);
        content.AddAttribute(new DocEntry("@" + reader.LocalName, source, start, end, new DocScalar(source, start, end, reader.Value, ScalarType.Text)));
    }

    private static Mark Place(XmlReader reader) => reader is IXmlLineInfo line ? new Mark(line.LineNumber, line.LinePosition) : new Mark(1, 1);

    private static string Words(XmlException e)
    {
        if (e.Message.Contains("DTD", StringComparison.Ordinal))
            return "a DTD (<!DOCTYPE …>) is not read, since it can pull in other files and grow without bound; remove it";
        var place = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (place > 0 ? e.Message[..place] : e.Message).TrimEnd('.');
    }
}

/// <summary>What an element holds, as it is read.</summary>
internal sealed class XmlContent(string source, Mark start)
{
    private readonly MapBuilder _attributes = new(source);
    private readonly OrderedDictionary<string, List<DocEntry>> _elements = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    public void AddAttribute(DocEntry attribute) => _attributes.Add(attribute);

    public void AddText(string text) => _text.Append(text);

    public void AddElement(DocEntry element)
    {
        if (!_elements.TryGetValue(element.Key, out var same))
            _elements.Add(element.Key, same = []);
        same.Add(element);
    }

    public DocNode ToNode(Mark end)
    {
        var entries = _attributes.ToImmutable();
        var text = new DocScalar(source, start, end, _text.ToString(), ScalarType.Text);
        if (entries.IsEmpty && _elements.Count == 0)
            return text;
        if (!string.IsNullOrWhiteSpace(text.Text))
            entries = entries.Add(new DocEntry("#text", source, start, start, text));
        return new DocMap(source, start, end, entries.AddRange(_elements.Values.Select(Together)));
    }

    private DocEntry Together(List<DocEntry> same)
    {
        if (same.Count == 1)
            return same[0];
        ImmutableArray<DocNode> items = [.. same.Select(static e => e.Value)];
        return same[0] with { Value = new DocList(source, items[0].Start, items[^1].End, items) };
    }
}
