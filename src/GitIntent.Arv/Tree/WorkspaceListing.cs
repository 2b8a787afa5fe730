using System.Collections.Immutable;

namespace GitIntent.Arv.Tree;

/// <summary>A listing, sorted by what its entries are.</summary>
/// <param name="All">In ordinal path order.</param>
/// <param name="Others">What is neither a file nor a folder that counts: ignored files and top-most ignored folders, links, obstacles.</param>
internal sealed record WorkspaceListing(
    ImmutableArray<SourceEntry> All, ImmutableArray<WorkspaceFile> Files, ImmutableArray<string> Folders, ImmutableArray<SourceEntry> Others)
{
    private readonly HashSet<string> _ignoredFolders =
        Others.Where(e => e.Type == EntryType.Folder).Select(e => e.Path).ToHashSet(StringComparer.Ordinal);

    public static WorkspaceListing Of(SourceListing listing)
    {
        // Counted first: lists of a whole tree that grow, and are copied at the end, set off a collection of all that a listing made.
        var count = 0;
        foreach (var entry in listing.Entries)
            count += entry is { Type: EntryType.File, Ignored: false } ? 1 : 0;
        var files = ImmutableArray.CreateBuilder<WorkspaceFile>(count);
        var folders = ImmutableArray.CreateBuilder<string>();
        var others = ImmutableArray.CreateBuilder<SourceEntry>();
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in listing.Entries)
        {
            if (entry is { Type: EntryType.File, Ignored: false })
                files.Add(FileOf(entry));
            else if (entry.Type != EntryType.Folder)
                others.Add(entry);
            else if (entry.Ignored && FolderOrAbove(entry.Path, ignored) is null && ignored.Add(entry.Path))
                others.Add(entry);

            if (entry is { Type: EntryType.Folder, Path.Length: > 0 } && (!entry.Ignored || entry.Tracked))
                folders.Add(entry.Path);
        }
        return new WorkspaceListing(listing.Entries, files.DrainToImmutable(), folders.DrainToImmutable(), others.DrainToImmutable());
    }

    public static WorkspaceFile FileOf(SourceEntry entry) => new(entry.Path, entry.Tracked, entry.Ignored);

    /// <summary>The file that a link's path is.</summary>
    public static WorkspaceFile FileOf(SourceEntry link, SourceEntry target) => new(link.Path, link.Tracked, link.Ignored, target.Path);

    /// <summary>The top-most ignored folder that this path is or lies in; null when it is in none.</summary>
    public string? IgnoredFolderOf(string path) => _ignoredFolders.Count == 0 ? null : FolderOrAbove(path, _ignoredFolders);

    /// <summary>The part of entries (in ordinal path order) that lies below a folder.</summary>
    public static ReadOnlySpan<SourceEntry> Below(string folder, ImmutableArray<SourceEntry> entries)
    {
        if (folder.Length == 0)
            return entries.AsSpan();
        var start = FirstFrom(folder + "/");
        return entries.AsSpan()[start..FirstFrom(folder + "0")]; // '0' follows '/'

        int FirstFrom(string path)
        {
            int low = 0, high = entries.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (string.CompareOrdinal(entries[middle].Path, path) < 0)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }

    private static string? FolderOrAbove(string path, HashSet<string> folders)
    {
        if (folders.Contains(""))
            return "";
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (folders.Contains(path[..slash]))
                return path[..slash];
        }
        return folders.Contains(path) ? path : null;
    }
}
