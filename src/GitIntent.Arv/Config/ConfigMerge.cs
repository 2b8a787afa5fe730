using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>One configuration over another: maps merge by key, lists and scalars are replaced, the later one wins.</summary>
internal static class ConfigMerge
{
    public static DocMap Over(DocMap under, DocMap over)
    {
        var entries = new List<DocEntry>(under.Entries.Length + over.Entries.Length);
        // The order of gates, checks and rules is the order of the report: what is inherited keeps its place.
        foreach (var entry in under.Entries)
            entries.Add(over.TryGet(entry.Key, out var mine) ? Entry(entry, mine) : entry);
        entries.AddRange(over.Entries.Where(entry => !under.TryGet(entry.Key, out _)));
        return new DocMap(over.Source, over.Start, over.End, [.. entries]);
    }

    private static DocEntry Entry(DocEntry under, DocEntry over) =>
        under.Value is DocMap a && over.Value is DocMap b ? over with { Value = Over(a, b) } : over;
}
