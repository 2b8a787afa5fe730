using System.Collections.Immutable;

namespace GitIntent.Arv.Documents;

/// <summary>The merge key of YAML 1.1 (yaml.org/type/merge): keys of the map itself win, then those of earlier merged maps.</summary>
internal static class YamlMerge
{
    public static ImmutableArray<DocEntry> Apply(string source, ImmutableArray<DocEntry> entries, DocNode merged)
    {
        var result = entries.Where(static e => e.Key != "<<").ToList();
        var keys = result.Select(static e => e.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var node in merged is DocList list ? list.Items : [merged])
        {
            if (node is not DocMap map)
                throw new DocumentException(source, node.Start, "a merge key (<<) takes a map or a list of maps");
            result.AddRange(map.Entries.Where(e => keys.Add(e.Key)));
        }
        return [.. result];
    }
}
