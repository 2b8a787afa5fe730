using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>What one folder adds to a listing: its entries on disk against what git tracks in it and what its ignore files leave out.</summary>
/// <param name="wholeIgnored">Of ignored folders, list what is untracked (and only that) instead of what is tracked.</param>
internal sealed class DiskFolders(IDisk disk, DiskLinks links, GitTracked tracked, bool wholeIgnored)
{
    private volatile bool _sawUnreadable;

    /// <summary>Whether a folder could not be listed: its obstacle comes late in the order.</summary>
    public bool SawUnreadable => _sawUnreadable;

    public void Scan(ScanFolder folder, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var (entries, reason) = disk.List(folder.Path);
        if (reason is not null)
        {
            ScanUnreadable(folder, reason);
            return;
        }
        if (folder is { Ignored: true, Path: "" } && !wholeIgnored)
            Add(folder, "", new SourceEntry("", EntryType.Folder, 0, Tracked: false, Ignored: true));
        var rules = folder.Ignored ? null : DiskIgnoreFiles.Extend(folder, entries, disk);
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        MergeWithTracked(folder, rules, entries);
        folder.SortItems();
    }

    private void ScanUnreadable(ScanFolder folder, string reason)
    {
        // The folder itself is listed by the one above, as a folder; a second entry of the same path says what is wrong with it.
        _sawUnreadable = true;
        if (reason != LeftOutReasons.Vanished)
            folder.Items.Add(new ScanItem("", Obstacle(folder.Path, reason, tracked.HasBelow(folder.Path), folder.Ignored && wholeIgnored, hidesFolder: true)));
        else if (!wholeIgnored)
            AddMissing(folder.Path, folder);
    }

    private void MergeWithTracked(ScanFolder folder, IgnoreRules? rules, List<DiskEntry> entries)
    {
        var index = tracked.In(folder.Path);
        var next = 0;
        foreach (var entry in entries)
        {
            if (entry.Name == ".git")
                continue;
            var path = folder.PathOf(entry.Name);
            while (next < index.Count && string.CompareOrdinal(index[next].Path, path) < 0)
                AddMissing(index[next++], folder);
            GitIndexEntry? known = next < index.Count && index[next].Path == path ? index[next++] : null;
            if (known is { IsRepository: false, IsFolder: false } && entry.Kind == DiskKind.Folder)
            {
                AddMissing(known.Value, folder);
                known = null;
            }
            Add(folder, rules, entry, path, known);
        }
        while (next < index.Count)
            AddMissing(index[next++], folder);
        if (!wholeIgnored)
            AddMissingFolders(folder, entries);
    }

    private void Add(ScanFolder folder, IgnoreRules? rules, DiskEntry entry, string path, GitIndexEntry? known)
    {
        var isFolder = entry.Kind == DiskKind.Folder;
        var isTracked = known is not null || (isFolder && tracked.HasBelow(path));
        var key = folder.KeyOf(entry, path);
        var leftOut = folder.Ignored || (!(isTracked && !isFolder) && IgnoreRules.LeaveOut(rules, key, isFolder));
        if (folder.Ignored && (wholeIgnored ? known is not null : !isTracked))
            return;

        var ignored = leftOut && !isTracked;
        if (entry.BadName is not null)
            Add(folder, entry.Name, Obstacle(path, LeftOutReasons.BadName, isTracked, ignored, isFolder));
        else if (isFolder)
            AddFolder(folder, rules, entry.Name, path, known, key, leftOut);
        else
            Add(folder, entry.Name, DiskEntries.Of(entry, path, isTracked, ignored, links));
    }

    private void AddFolder(ScanFolder folder, IgnoreRules? rules, string name, string path, GitIndexEntry? known, string key, bool leftOut)
    {
        var hasTracked = tracked.HasBelow(path);
        if (known is { IsRepository: true } || (!hasTracked && known is null && IsRepository(path)))
        {
            Add(folder, name, Obstacle(path, LeftOutReasons.NestedRepository, known is not null, leftOut && known is null, hidesFolder: true));
            return;
        }
        if (known is { IsFolder: true })
            Add(folder, name, Obstacle(path, LeftOutReasons.SparseCheckout, tracked: true, ignored: false, hidesFolder: true));
        if (!wholeIgnored || !hasTracked)
            Add(folder, name, new SourceEntry(path, EntryType.Folder, 0, hasTracked, leftOut));
        if (!leftOut || hasTracked || wholeIgnored)
            folder.Items.Add(new ScanItem(name + "/", default, new ScanFolder(path, key + "/", rules, leftOut)));
    }

    /// <summary>Folders that hold something tracked, and are not there at all.</summary>
    private void AddMissingFolders(ScanFolder folder, List<DiskEntry> entries)
    {
        var expected = tracked.FoldersIn(folder.Path);
        if (expected.Count == 0)
            return;
        var found = entries.Where(e => e.Kind == DiskKind.Folder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in expected.Where(name => !found.Contains(name)))
            AddMissing(folder.PathOf(name), folder);
    }

    private void AddMissing(string path, ScanFolder folder)
    {
        // Those of its folders come after it in order; the sort of the folder's items puts them there.
        foreach (var entry in tracked.In(path))
            AddMissing(entry, folder);
        foreach (var name in tracked.FoldersIn(path))
            AddMissing(path.Length == 0 ? name : path + "/" + name, folder);
    }

    private void AddMissing(GitIndexEntry entry, ScanFolder folder)
    {
        if (wholeIgnored)
            return;
        var reason = entry.IsRepository ? LeftOutReasons.NestedRepository
            : entry.SkipWorktree || entry.IsFolder ? LeftOutReasons.SparseCheckout
            : LeftOutReasons.Deleted;
        var name = folder.Path.Length == 0 ? entry.Path : entry.Path[(folder.Path.Length + 1)..];
        Add(folder, name, Obstacle(entry.Path, reason, tracked: true, ignored: false, entry.IsRepository || entry.IsFolder));
    }

    private bool IsRepository(string path) =>
        disk.MayHave(path + "/.git") && disk.Look(path + "/.git") is { Kind: DiskKind.File or DiskKind.Folder } git
        && (git.Kind == DiskKind.File ? DiskIgnoreFiles.ReadSmall(disk, path + "/.git")?.AsSpan().StartsWith("gitdir: "u8) == true : IsGitFolder(path + "/.git"));

    private bool IsGitFolder(string path) =>
        disk.Look(path + "/HEAD") is not null && disk.Look(path + "/objects") is not null && disk.Look(path + "/refs") is not null;

    private static void Add(ScanFolder folder, string sort, SourceEntry entry) => folder.Items.Add(new ScanItem(sort, entry));

    private static SourceEntry Obstacle(string path, string reason, bool tracked, bool ignored, bool hidesFolder) =>
        new(path, EntryType.Obstacle, 0, tracked, ignored, Reason: reason, HidesFolder: hidesFolder);
}
