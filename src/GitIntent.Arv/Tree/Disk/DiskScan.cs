using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Enumerates the tree, level by level, the folders of a level in parallel.</summary>
internal sealed class DiskScan(DiskFolders folders, CancellationToken stop)
{
    public SourceListing Run(ScanFolder start)
    {
        var level = new List<ScanFolder> { start };
        var count = 0;
        while (level.Count > 0)
        {
            if (level.Count == 1)
                folders.Scan(level[0], stop);
            else
                Parallel.ForEach(level, new ParallelOptions { CancellationToken = stop }, f => folders.Scan(f, stop));
            var next = new List<ScanFolder>();
            foreach (var folder in level)
            {
                count += folder.Items.Count;
                folder.AddChildren(next);
            }
            level = next;
            count -= next.Count;
        }
        var entries = InOrder(start, count);
        folders.MarkRepositories(entries);
        if (folders.SawUnreadable)
            entries.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new SourceListing(entries.MoveToImmutable());
    }

    /// <summary>
    /// Ordinal order of whole paths, from order within folders: what lies below <c>a</c> comes where <c>a/</c> sorts, after <c>a-b</c> and <c>a.c</c>.
    /// No recursion: folders may be nested thousands deep.
    /// </summary>
    private static ImmutableArray<SourceEntry>.Builder InOrder(ScanFolder start, int count)
    {
        var entries = ImmutableArray.CreateBuilder<SourceEntry>(count);
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
internal sealed class ScanFolder
{
    /// <param name="path">Relative to the root; empty at it.</param>
    /// <param name="key">The <see cref="GitName.Key"/> relative to the top of the repository, without a slash at the end.</param>
    public ScanFolder(string path, string key, IgnoreRules? rules, bool ignored)
    {
        (Path, Rules, Ignored) = (path, rules, ignored);
        Prefix = path.Length == 0 ? path : path + "/";
        Key = ReferenceEquals(key, path) ? Prefix : key.Length == 0 ? key : key + "/";
    }

    public string Path { get; }

    /// <summary>The path with a slash at the end, where what lies in the folder sorts; empty at the root.</summary>
    public string Prefix { get; }

    /// <summary>The key with a slash at the end; empty at the top.</summary>
    public string Key { get; }

    public IgnoreRules? Rules { get; }

    /// <summary>Left out: only what is tracked in it counts, or, where all of it is asked for, only what is not.</summary>
    public bool Ignored { get; }

    /// <summary>Whether it is a repository of its own where its listing shows a <c>.git</c>.</summary>
    public bool MayBeRepository { get; init; }

    /// <summary>In order of <see cref="ScanItem.Sort"/>.</summary>
    public List<ScanItem> Items { get; } = [];

    /// <summary>Its own path, mostly; the bytes of a bad name are not what its path shows.</summary>
    public string KeyOf(DiskEntry entry)
    {
        var plain = Key.Length == Prefix.Length && entry.BadName is null && Ascii.IsValid(entry.Name);
        return plain ? entry.Path : Key + (entry.BadName ?? GitName.Key(entry.Name.ToString()));
    }

    public void AddChildren(List<ScanFolder> list)
    {
        foreach (var item in Items)
        {
            if (item.Below is { } child)
                list.Add(child);
        }
    }

    /// <summary>Most folders hold no folder and miss nothing, and so are in order already.</summary>
    public void SortItems()
    {
        for (var i = 1; i < Items.Count; i++)
        {
            if (string.CompareOrdinal(Items[i - 1].Sort, Items[i].Sort) > 0)
            {
                Items.Sort(static (a, b) => string.CompareOrdinal(a.Sort, b.Sort));
                return;
            }
        }
    }
}

/// <param name="Entry">Nothing, where the item stands for what lies below a folder.</param>
internal readonly record struct ScanItem(SourceEntry Entry, ScanFolder? Below = null)
{
    public string Sort => Below?.Prefix ?? Entry.Path;
}
