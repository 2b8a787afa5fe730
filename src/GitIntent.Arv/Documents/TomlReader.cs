using System.Collections.Immutable;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace GitIntent.Arv.Documents;

/// <summary>Reads TOML from Tomlyn's syntax tree, which has places; its validation refuses duplicate keys and tables.</summary>
internal sealed class TomlReader(string source, DocumentText document, DocumentLimits limits)
{
    private readonly NodeBudget _budget = new(source, limits);

    public DocMap Read()
    {
        var syntax = Parse();
        var root = new TomlTable(new Mark(1, 1));
        AddAll(root, syntax.KeyValues);
        foreach (var header in syntax.Tables)
            AddAll(Open(root, header), header.Items);
        return root.ToMap(source);
    }

    private DocumentSyntax Parse()
    {
        DocumentSyntax syntax;
        try
        {
            syntax = SyntaxParser.Parse(document.Text, TomlSerializerOptions.Default with { MaxDepth = limits.MaxDepth }, source, validate: true);
        }
        catch (TomlException e) when (e.Message.Contains("maximum depth", StringComparison.Ordinal))
        {
            throw new DocumentException(source, new Mark(1, 1), $"lists and maps lie more than {limits.MaxDepth} levels deep; no deeper ones are read");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new DocumentException(source, new Mark(1, 1), "not valid TOML: " + e.Message);
        }
        return syntax.Diagnostics.FirstOrDefault(static d => d.Kind == DiagnosticMessageKind.Error) is { } error
            ? throw new DocumentException(source, At(error.Span.Start), Words(error.Message))
            : syntax;
    }

    /// <summary>Tomlyn quotes the whole earlier definition; where it is says enough.</summary>
    private static string Words(string message)
    {
        const string Twice = " is already defined at (";
        var at = message.IndexOf(Twice, StringComparison.Ordinal);
        var place = at < 0 ? [] : message[(at + Twice.Length)..].Split(',', ')');
        return place.Length > 1
            ? $"the key {message["The key ".Length..at].Replace('`', '"')} is given twice; the first is at line {place[0]}, column {place[1]}"
            : "not valid TOML: " + char.ToLowerInvariant(message[0]) + message[1..];
    }

    private TomlTable Open(TomlTable root, TableSyntaxBase header)
    {
        var keys = Keys(header.Name!);
        _budget.Count(keys[0].Start);
        return Walk(root, keys[..^1]).Open(keys[^1], header is TableArraySyntax, source);
    }

    private void AddAll(TomlTable table, IEnumerable<KeyValueSyntax> pairs)
    {
        foreach (var pair in pairs)
        {
            var keys = Keys(pair.Key!);
            _budget.Count(keys[0].Start, keys.Count - 1);
            Walk(table, keys[..^1]).Add(keys[^1], Value(pair.Value!), source);
        }
    }

    private TomlTable Walk(TomlTable table, IReadOnlyList<TomlKey> keys)
    {
        if (keys.Count > 0)
            _budget.Require(keys[0].Start, keys.Count);
        return keys.Aggregate(table, (at, key) => at.Open(key, array: false, source, again: true));
    }

    private List<TomlKey> Keys(KeySyntax key) =>
        [Key(key.Key!), .. key.DotKeys.Select(dotted => Key(dotted.Key!))];

    private TomlKey Key(BareKeyOrStringValueSyntax key) => new(
        key is StringValueSyntax text ? text.Value! : ((BareKeySyntax)key).Key!.Text!.Trim(),
        At(key.Span.Start), After(key.Span.End));

    private DocNode Value(ValueSyntax value)
    {
        var start = At(value.Span.Start);
        var end = After(value.Span.End);
        _budget.Count(start);
        switch (value)
        {
            case ArraySyntax list:
                _budget.Enter(start);
                ImmutableArray<DocNode> items = [.. list.Items.Select(item => Value(item.Value!))];
                _budget.Leave();
                return new DocList(source, start, end, items);
            case InlineTableSyntax inline:
                _budget.Enter(start);
                var table = new TomlTable(start);
                AddAll(table, inline.Items.Select(static item => item.KeyValue!));
                _budget.Leave();
                return table.ToMap(source) is var map ? new DocMap(source, start, end, map.Entries) : map;
            case StringValueSyntax text:
                return new DocScalar(source, start, end, text.Value!, ScalarType.Text);
            case BooleanValueSyntax flag:
                return new DocScalar(source, start, end, flag.Value ? "true" : "false", ScalarType.Boolean);
            case IntegerValueSyntax or FloatValueSyntax:
                return new DocScalar(source, start, end, Literal(value).Replace("_", "", StringComparison.Ordinal), ScalarType.Number);
            default:
                return new DocScalar(source, start, end, Literal(value), ScalarType.Text); // dates and times
        }
    }

    private string Literal(ValueSyntax value) => document.Text[value.Span.Start.Offset..(value.Span.End.Offset + 1)].Trim();

    private Mark At(TextPosition position) => document.MarkAt(position.Offset);

    /// <summary>Tomlyn's ends are the last character's place.</summary>
    private Mark After(TextPosition position) => document.MarkAt(Math.Min(position.Offset + 1, document.Text.Length));
}
