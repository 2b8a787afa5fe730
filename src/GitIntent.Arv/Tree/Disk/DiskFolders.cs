using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>What one folder adds to a listing: its entries on disk against what git tracks in it and what its ignore files leave out.</summary>
/// <param name="wholeIgnored">Of ignored folders, list what is untracked (and only that) instead of what is tracked.</param>
internal sealed class DiskFolders(IDisk disk, DiskLinks links, GitTracked tracked, bool wholeIgnored)
{
    private readonly ConcurrentDictionary<string, bool> _repositories = new(StringComparer.Ordinal);
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
        if (folder.MayBeRepository && entries.Exists(static e => e.Name is ".git") && IsRepository(folder.Path))
        {
            _repositories.TryAdd(folder.Path, true);
            return;
        }
        if (folder is { Ignored: true, Path: "" } && !wholeIgnored)
            Add(folder, new SourceEntry("", EntryType.Folder, Tracked: false, Ignored: true));
        var rules = folder.Ignored ? null : DiskIgnoreFiles.Extend(folder, entries, disk);
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        folder.Items.EnsureCapacity(entries.Count + entries.Count(static e => e.Kind == DiskKind.Folder));
        MergeWithTracked(folder, rules, entries);
        folder.SortItems();
    }

    /// <summary>Folders that turned out to be repositories of their own: the listing of each said so, where asking before took a call for every folder.</summary>
    public void MarkRepositories(ImmutableArray<SourceEntry>.Builder entries)
    {
        for (var i = 0; i < entries.Count && !_repositories.IsEmpty; i++)
        {
            if (entries[i] is { Type: EntryType.Folder } entry && _repositories.TryRemove(entry.Path, out _))
                entries[i] = Obstacle(entry.Path, LeftOutReasons.NestedRepository, tracked: false, entry.Ignored, hidesFolder: true);
        }
    }

    private void ScanUnreadable(ScanFolder folder, string reason)
    {
        if (folder.MayBeRepository && reason != LeftOutReasons.Vanished && IsRepository(folder.Path))
        {
            _repositories.TryAdd(folder.Path, true);
            return;
        }
        // The folder itself is listed by the one above, as a folder; a second entry of the same path says what is wrong with it.
        _sawUnreadable = true;
        if (reason != LeftOutReasons.Vanished)
            folder.Items.Add(new ScanItem(Obstacle(folder.Path, reason, tracked.HasBelow(folder.Path), folder.Ignored && wholeIgnored, hidesFolder: true)));
        else if (!wholeIgnored)
            AddMissing(folder.Path, folder);
    }

    private void MergeWithTracked(ScanFolder folder, IgnoreRules? rules, List<DiskEntry> entries)
    {
        var index = tracked.In(folder.Path);
        var next = 0;
        foreach (var entry in entries)
        {
            if (entry.Name is ".git")
                continue;
            var path = entry.Path;
            while (next < index.Count && string.CompareOrdinal(index[next].Path, path) < 0)
                AddMissing(index[next++], folder);
            GitIndexEntry? known = next < index.Count && index[next].Path == path ? index[next++] : null;
            if (known is { IsRepository: false, IsFolder: false } && entry.Kind == DiskKind.Folder)
            {
                AddMissing(known.Value, folder);
                known = null;
            }
            Add(folder, rules, entry, known);
        }
        while (next < index.Count)
            AddMissing(index[next++], folder);
        if (!wholeIgnored)
            AddMissingFolders(folder, entries);
    }

    private void Add(ScanFolder folder, IgnoreRules? rules, DiskEntry entry, GitIndexEntry? known)
    {
        var path = entry.Path;
        var isFolder = entry.Kind == DiskKind.Folder;
        var isTracked = known is not null || (isFolder && tracked.HasBelow(path));
        var key = folder.KeyOf(entry);
        var leftOut = folder.Ignored || (!(isTracked && !isFolder) && IgnoreRules.LeaveOut(rules, key, isFolder));
        if (folder.Ignored && (wholeIgnored ? known is not null : !isTracked))
            return;

        var ignored = leftOut && !isTracked;
        if (entry.BadName is not null)
            Add(folder, Obstacle(path, LeftOutReasons.BadName, isTracked, ignored, isFolder));
        else if (isFolder)
            AddFolder(folder, rules, path, known, key, leftOut);
        else
            Add(folder, DiskEntries.Of(entry, isTracked, ignored, links));
    }

    private void AddFolder(ScanFolder folder, IgnoreRules? rules, string path, GitIndexEntry? known, string key, bool leftOut)
    {
        var hasTracked = tracked.HasBelow(path);
        var isListed = !leftOut || hasTracked || wholeIgnored;
        var mayBeRepository = !hasTracked && known is null;
        if (known is { IsRepository: true } || (mayBeRepository && !isListed && IsRepository(path)))
        {
            Add(folder, Obstacle(path, LeftOutReasons.NestedRepository, known is not null, leftOut && known is null, hidesFolder: true));
            return;
        }
        if (known is { IsFolder: true })
            Add(folder, Obstacle(path, LeftOutReasons.SparseCheckout, tracked: true, ignored: false, hidesFolder: true));
        if (!wholeIgnored || !hasTracked)
            Add(folder, new SourceEntry(path, EntryType.Folder, hasTracked, leftOut));
        if (isListed)
            folder.Items.Add(new ScanItem(default, new ScanFolder(path, key, rules, leftOut) { MayBeRepository = mayBeRepository }));
    }

    /// <summary>Folders that hold something tracked, and are not there at all.</summary>
    private void AddMissingFolders(ScanFolder folder, List<DiskEntry> entries)
    {
        var expected = tracked.FoldersIn(folder.Path);
        if (expected.Count > 0)
            AddMissingFolders(expected, folder, entries);
    }

    private void AddMissingFolders(List<string> expected, ScanFolder folder, List<DiskEntry> entries)
    {
        var found = entries.Where(static e => e.Kind == DiskKind.Folder).Select(static e => e.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in expected.Select(name => folder.Prefix + name).Where(path => !found.Contains(path)))
            AddMissing(path, folder);
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
        Add(folder, Obstacle(entry.Path, reason, tracked: true, ignored: false, entry.IsRepository || entry.IsFolder));
    }

    private bool IsRepository(string path) =>
        disk.MayHave(path + "/.git") && disk.Look(path + "/.git") is { Kind: DiskKind.File or DiskKind.Folder } git
        && (git.Kind == DiskKind.File ? DiskIgnoreFiles.ReadSmall(disk, path + "/.git")?.AsSpan().StartsWith("gitdir: "u8) == true : IsGitFolder(path + "/.git"));

    private bool IsGitFolder(string path) =>
        disk.Look(path + "/HEAD") is not null && disk.Look(path + "/objects") is not null && disk.Look(path + "/refs") is not null;

    private static void Add(ScanFolder folder, SourceEntry entry) => folder.Items.Add(new ScanItem(entry));

    private static SourceEntry Obstacle(string path, string reason, bool tracked, bool ignored, bool hidesFolder) =>
        new(path, EntryType.Obstacle, tracked, ignored, Reason: reason, HidesFolder: hidesFolder);
}
