using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    /// <summary>
    /// The folders that a pattern itself names (not those that lie in one that it names), links to folders among them,
    /// and what may be such a folder and cannot be looked at.
    /// </summary>
    public FolderSelection SelectFolders(string pattern, bool ignored, CancellationToken stop)
    {
        var globs = GlobSet.Parse([pattern]);
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        var blocked = new SortedDictionary<string, string>(StringComparer.Ordinal);
        AddAll(Folders);
        foreach (var entry in _listing.Others.Where(entry => ignored || !entry.Ignored))
        {
            stop.ThrowIfCancellationRequested();
            if (entry.Type == EntryType.Folder)
                AddIgnored(entry.Path, entry.Path);
            else
                Add(entry);
        }
        return new FolderSelection([.. folders], [.. blocked.Select(static pair => new LeftOut(pair.Key, pair.Value))]);

        bool Names(string path) => globs.LastMatchOfFolder(path) >= 0 && globs.LastMatchOfFolder(Parent(path)) < 0;

        void AddAll(IEnumerable<string> paths) => folders.UnionWith(paths.Where(Names));

        void AddIgnored(string folder, string shownAs)
        {
            AddAll([shownAs]);
            if (!globs.CouldMatchBelow(shownAs))
                return;
            foreach (var below in ListIgnored(folder, stop))
            {
                var path = shownAs + below.Path[folder.Length..];
                if (below.Type == EntryType.Folder)
                    AddAll([path]);
                else
                    Add(below with { Path = path });
            }
        }

        void Add(SourceEntry entry)
        {
            if (entry.Type == EntryType.Link)
                AddLink(entry);
            else if (entry.Type == EntryType.Obstacle && entry.Reason != LeftOutReasons.Deleted)
                Block(entry.Path, entry);
        }

        void AddLink(SourceEntry link)
        {
            var target = link.Target!.Length == 0 ? new SourceEntry("", EntryType.Folder, false, false) : Find(link.Target);
            if (target is not { } end)
                Block(link.Path, link with { Reason = LeftOutReasons.DanglingLink });
            else if (end.Type == EntryType.Obstacle)
                Block(link.Path, end);
            if (target is not { Type: EntryType.Folder })
                return;
            AddAll([link.Path]);
            if (globs.CouldMatchBelow(link.Path))
                AddAll(FoldersBelow(link.Target!).Select(path => link.Path + (link.Target!.Length == 0 ? "/" + path : path[link.Target.Length..])));
        }

        IEnumerable<string> FoldersBelow(string folder)
        {
            var below = WorkspaceListing.Below(folder, _listing.All).ToArray();
            var hidden = ignored && _listing.IgnoredFolderOf(folder) is { } top ? WorkspaceListing.Below(folder, ListIgnored(top, stop)).ToArray() : [];
            return below.Concat(hidden).Where(entry => entry.Type == EntryType.Folder && (ignored || !entry.Ignored)).Select(static entry => entry.Path);
        }

        // A dangling link may have been one to a folder.
        void Block(string path, SourceEntry why)
        {
            var standsForFolder = why.HidesFolder || why.Reason is LeftOutReasons.DanglingLink or LeftOutReasons.LinkOutside or LeftOutReasons.NestedRepository;
            if (standsForFolder && (Names(path) || (why.HidesFolder && globs.CouldMatchBelow(path))))
                blocked[path] = why.Reason!;
        }
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}

/// <param name="Folders">In ordinal path order.</param>
/// <param name="Blocked">What is, or may hold, such a folder, and is out of reach.</param>
internal sealed record FolderSelection(ImmutableArray<string> Folders, ImmutableArray<LeftOut> Blocked);
