using System.Collections.Immutable;

namespace GitIntent.Arv.Documents;

/// <summary>Collects a map's entries and refuses a key that is there already.</summary>
internal sealed class MapBuilder(string source)
{
    private readonly ImmutableArray<DocEntry>.Builder _entries = ImmutableArray.CreateBuilder<DocEntry>();
    private readonly Dictionary<string, Mark> _places = new(StringComparer.Ordinal);

    public void Add(DocEntry entry)
    {
        if (!_places.TryAdd(entry.Key, entry.KeyStart))
        {
            var first = _places[entry.Key];
            throw new DocumentException(source, entry.KeyStart, $"the key \"{entry.Key}\" is given twice; the first is at line {first.Line}, column {first.Column}");
        }
        _entries.Add(entry);
    }

    public ImmutableArray<DocEntry> ToImmutable() => _entries.ToImmutable();
}
