using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    private readonly WorkspaceListing _listing;
    private readonly ConcurrentDictionary<FileQuery, Selection> _selections = [];
    private readonly ConcurrentDictionary<string, ImmutableArray<SourceEntry>> _ignored = new(StringComparer.Ordinal);

    /// <summary>
    /// The files that the include patterns match (none: every file) and the exclude patterns do not. The same query gives the same object.
    /// An include without wildcards names a path from the root, ignored or not.
    /// </summary>
    public Selection Select(FileQuery query, CancellationToken stop)
    {
        if (_selections.TryGetValue(query, out var known))
            return known;
        // Two threads may both make it; one is kept.
        return _selections.GetOrAdd(query, new Selector(this, query, stop).Run());
    }

    /// <summary>What lies in a top-most ignored folder; each is listed once, when first asked for.</summary>
    private ImmutableArray<SourceEntry> ListIgnored(string folder, CancellationToken stop)
    {
        if (_ignored.TryGetValue(folder, out var known))
            return known;
        lock (_ignored)
        {
            if (!_ignored.TryGetValue(folder, out known))
                _ignored[folder] = known = _source.ListIgnored(folder, stop).Entries;
            return known;
        }
    }
}
