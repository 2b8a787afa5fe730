using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitIntent.Arv.Documents;

/// <summary>
/// Reads YAML from the parser's events. YamlDotNet's own node builders accept duplicate keys and <c>&amp;a [*a]</c>, and lose places.
/// </summary>
internal sealed class YamlReader
{
    private readonly string _source;
    private readonly DocumentText _text;
    private readonly DocumentLimits _limits;
    private readonly NodeBudget _budget;
    private readonly Parser _events;

    /// <summary>Null while the anchor's own value is being read.</summary>
    private readonly Dictionary<string, Anchored?> _anchors = new(StringComparer.Ordinal);

    public YamlReader(string source, DocumentText text, DocumentLimits limits)
    {
        _source = source;
        _text = text;
        _limits = limits;
        _budget = new NodeBudget(source, limits);
        _events = new Parser(new StringReader(text.Text));
    }

    /// <param name="Nodes">How many values it expands to.</param>
    /// <param name="Levels">How deep it goes.</param>
    private sealed record Anchored(DocNode Node, int Nodes, int Levels);

    public ImmutableArray<DocNode> ReadAll()
    {
        RefuseControlCharacters();
        try
        {
            var documents = ImmutableArray.CreateBuilder<DocNode>();
            _events.Consume<StreamStart>();
            while (!_events.TryConsume<StreamEnd>(out _))
            {
                _events.Consume<DocumentStart>();
                _anchors.Clear();
                documents.Add(ReadNode());
                _events.Consume<DocumentEnd>();
            }
            if (documents.Count == 0)
                documents.Add(new DocScalar(_source, new Mark(1, 1), new Mark(1, 1), "", ScalarType.Null));
            return documents.ToImmutable();
        }
        catch (Exception e) when (e is not (DocumentException or OutOfMemoryException))
        {
            // The parser also throws InvalidOperationException ("a: [1,\nb: }") and others: for a user they all mean the same.
            throw YamlFaults.Translate(_source, _text, e, _events.Current);
        }
    }

    /// <summary>YAML does not allow them, and the parser takes a NUL for the end: what comes after would go unread.</summary>
    private void RefuseControlCharacters()
    {
        var rest = _text.Text.AsSpan();
        var offset = 0;
        while (rest.IndexOfAnyInRange('\0', '\u001F') is >= 0 and var at)
        {
            var c = rest[at];
            offset += at;
            if (c is not ('\t' or '\n' or '\r'))
                throw Fault(_text.MarkAt(offset), $"not valid YAML: the control character U+{(int)c:X4} stands here");
            rest = rest[(at + 1)..];
            offset++;
        }
    }

    private DocNode ReadNode()
    {
        var next = _events.Consume<ParsingEvent>();
        var start = At(next.Start);
        if (next is AnchorAlias alias)
            return Resolve(alias.Value.Value, start);
        var node = (NodeEvent)next;
        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
            _anchors[anchor] = null;
        var before = _budget.Nodes;
        var outer = _budget.StartDepth();
        _budget.Count(start);
        DocNode value = node switch
        {
            Scalar scalar => YamlTags.Scalar(_source, scalar, start, At(scalar.End)),
            SequenceStart list => ReadList(list, start),
            MappingStart map => ReadMap(map, start),
            _ => throw Fault(start, "expected a value"),
        };
        var levels = _budget.EndDepth(outer);
        if (anchor is not null)
            _anchors[anchor] = new Anchored(value, _budget.Nodes - before, levels);
        return value;
    }

    private DocNode Resolve(string name, Mark at)
    {
        if (!_anchors.TryGetValue(name, out var anchored))
            throw Fault(at, $"the alias *{name} has no anchor &{name} before it");
        if (anchored is null)
            throw Fault(at, $"the alias *{name} lies inside its own anchor &{name}");
        _budget.Count(at, anchored.Nodes);
        _budget.Require(at, anchored.Levels);
        return anchored.Node;
    }

    private DocList ReadList(SequenceStart list, Mark start)
    {
        YamlTags.Require(_source, list, "tag:yaml.org,2002:seq", "a list", start);
        _budget.Enter(start);
        var items = ImmutableArray.CreateBuilder<DocNode>();
        while (!_events.Accept<SequenceEnd>(out _))
            items.Add(ReadNode());
        var end = EndOf(_events.Consume<SequenceEnd>(), items.Count == 0 ? start : items[^1].End);
        _budget.Leave();
        return new DocList(_source, start, end, items.ToImmutable());
    }

    private DocMap ReadMap(MappingStart map, Mark start)
    {
        YamlTags.Require(_source, map, "tag:yaml.org,2002:map", "a map", start);
        _budget.Enter(start);
        var entries = new MapBuilder(_source);
        DocNode? merged = null;
        var end = start;
        while (!_events.Accept<MappingEnd>(out _))
        {
            var merges = _events.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var (key, keyStart, keyEnd) = ReadKey();
            if (merges && !_limits.MergeKeys)
                throw Fault(keyStart, "merge keys (<<) are not supported here; write the keys out");
            var value = ReadNode();
            entries.Add(new DocEntry(key, _source, keyStart, keyEnd, value));
            if (merges)
                merged = value;
            end = value.End;
        }
        end = EndOf(_events.Consume<MappingEnd>(), end);
        _budget.Leave();
        return new DocMap(_source, start, end, merged is null ? entries.ToImmutable() : YamlMerge.Apply(_source, entries.ToImmutable(), merged));
    }

    private (string Key, Mark Start, Mark End) ReadKey()
    {
        var at = _events.Current!;
        var (start, end) = (At(at.Start), At(at.End));
        return ReadNode() is DocScalar key
            ? (key.Text, start, end)
            : throw Fault(start, "a list or a map is the key here; expected a text");
    }

    /// <summary>A block's end event lies at the next token: its last value's end says better where it ends.</summary>
    private Mark EndOf(ParsingEvent end, Mark last) =>
        end.Start.Index < _text.Text.Length && _text.Text[(int)end.Start.Index] is ']' or '}' ? _text.MarkAt((int)end.Start.Index + 1) : last;

    /// <summary>By the offset: the parser's own lines also end at a lone CR and at U+2028.</summary>
    private Mark At(YamlDotNet.Core.Mark mark) => _text.MarkAt((int)mark.Index);

    private DocumentException Fault(Mark at, string message) => new(_source, at, message);
}
