namespace GitIntent.Arv.Tree.Git;

/// <summary>What git tracks at and below the root, by folder.</summary>
internal sealed class GitTracked
{
    public static readonly GitTracked Nothing = new([], "");

    private static readonly Folder Empty = new([], []);

    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal);

    /// <param name="entries">With paths relative to the top of the repository; those of one folder mostly beside each other.</param>
    /// <param name="prefix">The root's own path, with a slash at the end; empty where root and top are the same.</param>
    public GitTracked(List<GitIndexEntry> entries, string prefix)
    {
        ReadOnlySpan<char> last = default;
        List<GitIndexEntry>? list = null;
        foreach (var entry in entries)
        {
            if (!entry.Path.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var path = prefix.Length == 0 ? entry.Path : entry.Path[prefix.Length..];
            var folder = FolderOf(path);
            if (list is null || !folder.SequenceEqual(last))
            {
                last = folder;
                list = Get(folder.ToString()).Entries;
            }
            // An unmerged path has an entry for each side.
            if (list.Count == 0 || list[^1].Path != path)
                list.Add(entry with { Path = path });
        }
        foreach (var folder in _folders.Values)
            folder.Entries.Sort(Order);
    }

    /// <summary>Whether something below this folder is tracked.</summary>
    public bool HasBelow(string folder) => _folders.ContainsKey(folder);

    /// <summary>What is tracked in this very folder, in ordinal order.</summary>
    public List<GitIndexEntry> In(string folder) => _folders.GetValueOrDefault(folder, Empty).Entries;

    /// <summary>The names of this folder's folders that hold something tracked.</summary>
    public List<string> FoldersIn(string folder) => _folders.GetValueOrDefault(folder, Empty).Folders;

    public GitIndexEntry? Find(string path)
    {
        var entries = In(FolderOf(path).ToString());
        var at = entries.BinarySearch(new GitIndexEntry(path, 0, false), Order);
        return at < 0 ? null : entries[at];
    }

    private static Comparer<GitIndexEntry> Order { get; } = Comparer<GitIndexEntry>.Create((a, b) => string.CompareOrdinal(a.Path, b.Path));

    private static ReadOnlySpan<char> FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? [] : path.AsSpan(0, slash);
    }

    private Folder Get(string path)
    {
        if (_folders.TryGetValue(path, out var folder))
            return folder;
        if (path.Length > 0)
        {
            var above = FolderOf(path);
            Get(above.ToString()).Folders.Add(path[(above.Length == 0 ? 0 : above.Length + 1)..]);
        }
        return _folders[path] = new Folder([], []);
    }

    private sealed record Folder(List<GitIndexEntry> Entries, List<string> Folders);
}
