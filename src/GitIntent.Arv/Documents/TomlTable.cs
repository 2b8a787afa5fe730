using System.Collections.Immutable;

namespace GitIntent.Arv.Documents;

internal sealed record TomlKey(string Name, Mark Start, Mark End);

/// <summary>A table that later lines may still add to.</summary>
internal sealed class TomlTable(Mark start)
{
    /// <summary>A value, a table, or the tables of <c>[[name]]</c>, in the order of their first mention.</summary>
    private readonly OrderedDictionary<string, (TomlKey Key, object Value)> _entries = new(StringComparer.Ordinal);

    public void Add(TomlKey key, DocNode value, string source)
    {
        if (!_entries.TryAdd(key.Name, (key, value)))
            throw Twice(key, source);
    }

    /// <summary>The table of this name, the newest of an array of tables; made where there is none.</summary>
    /// <param name="array">Adds a table to an array of tables.</param>
    /// <param name="again">Whether it is on the way to what is named, so that it may lie in an array of tables.</param>
    public TomlTable Open(TomlKey key, bool array, string source, bool again = false)
    {
        if (!_entries.TryGetValue(key.Name, out var entry))
        {
            var made = new TomlTable(key.Start);
            _entries.Add(key.Name, (key, array ? new List<TomlTable> { made } : made));
            return made;
        }
        switch (entry.Value)
        {
            case TomlTable table when !array:
                return table;
            case List<TomlTable> tables when array:
                tables.Add(new TomlTable(key.Start));
                return tables[^1];
            case List<TomlTable> tables when again:
                return tables[^1];
            default:
                throw Twice(key, source);
        }
    }

    public DocMap ToMap(string source)
    {
        ImmutableArray<DocEntry> entries =
            [.. _entries.Values.Select(e => new DocEntry(e.Key.Name, source, e.Key.Start, e.Key.End, ToNode(e.Value, source)))];
        return new DocMap(source, start, entries.IsEmpty ? start : entries[^1].Value.End, entries);
    }

    private static DocNode ToNode(object value, string source)
    {
        if (value is not List<TomlTable> tables)
            return value as DocNode ?? ((TomlTable)value).ToMap(source);
        ImmutableArray<DocNode> items = [.. tables.Select(table => table.ToMap(source))];
        return new DocList(source, items[0].Start, items[^1].End, items);
    }

    private DocumentException Twice(TomlKey key, string source)
    {
        var first = _entries[key.Name].Key.Start;
        return new DocumentException(source, key.Start, $"the key \"{key.Name}\" is given twice; the first is at line {first.Line}, column {first.Column}");
    }
}
