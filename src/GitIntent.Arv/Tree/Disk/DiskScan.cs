using System.Text;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Enumerates the tree, level by level, the folders of a level in parallel.</summary>
internal sealed class DiskScan(DiskFolders folders, CancellationToken stop)
{
    public SourceListing Run(ScanFolder start)
    {
        var level = new List<ScanFolder> { start };
        while (level.Count > 0)
        {
            if (level.Count == 1)
                folders.Scan(level[0], stop);
            else
                Parallel.ForEach(level, new ParallelOptions { CancellationToken = stop }, f => folders.Scan(f, stop));
            level = [.. level.SelectMany(f => f.Children)];
        }
        var entries = InOrder(start);
        if (folders.SawUnreadable)
            entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new SourceListing([.. entries]);
    }

    /// <summary>
    /// Ordinal order of whole paths, from order within folders: what lies below <c>a</c> comes where <c>a/</c> sorts, after <c>a-b</c> and <c>a.c</c>.
    /// No recursion: folders may be nested thousands deep.
    /// </summary>
    private static List<SourceEntry> InOrder(ScanFolder start)
    {
        var entries = new List<SourceEntry>();
        var open = new Stack<(ScanFolder Folder, int At)>([(start, 0)]);
        while (open.TryPop(out var top))
        {
            var items = top.Folder.Items;
            var at = top.At;
            while (at < items.Count && items[at].Below is null)
                entries.Add(items[at++].Entry);
            if (at == items.Count)
                continue;
            open.Push((top.Folder, at + 1));
            open.Push((items[at].Below!, 0));
        }
        return entries;
    }
}

/// <summary>A folder on its way through a scan.</summary>
/// <param name="Path">Relative to the root; empty at it.</param>
/// <param name="Key">The <see cref="GitName.Key"/> relative to the top of the repository, with a slash at the end unless empty.</param>
/// <param name="Ignored">Left out: only what is tracked in it counts, or, where all of it is asked for, only what is not.</param>
internal sealed record ScanFolder(string Path, string Key, IgnoreRules? Rules, bool Ignored)
{
    /// <summary>In order of <see cref="ScanItem.Sort"/>.</summary>
    public List<ScanItem> Items { get; } = [];

    public IEnumerable<ScanFolder> Children => Items.Select(i => i.Below).OfType<ScanFolder>();

    /// <summary>Its own path, mostly; the bytes of a bad name are not what its path shows.</summary>
    public string KeyOf(DiskEntry entry, string path)
    {
        var plain = Key.Length == (Path.Length == 0 ? 0 : Path.Length + 1) && entry.BadName is null && Ascii.IsValid(entry.Name);
        return plain ? path : Key + (entry.BadName ?? GitName.Key(entry.Name));
    }

    /// <summary>Most folders hold no folder and miss nothing, and so are in order already.</summary>
    public void SortItems()
    {
        for (var i = 1; i < Items.Count; i++)
        {
            if (string.CompareOrdinal(Items[i - 1].Sort, Items[i].Sort) > 0)
            {
                Items.Sort((a, b) => string.CompareOrdinal(a.Sort, b.Sort));
                return;
            }
        }
    }

    public string PathOf(string name) => Path.Length == 0 ? name : Path + "/" + name;
}

/// <param name="Sort">Its name; with a slash at the end where it stands for what lies below a folder.</param>
internal readonly record struct ScanItem(string Sort, SourceEntry Entry, ScanFolder? Below = null);
