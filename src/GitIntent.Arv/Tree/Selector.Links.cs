using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    /// <summary>
    /// Links inside the root. What the query selects at its own place is not judged twice; anything else is judged under the link's path,
    /// so that nothing hides behind a link. Links below a linked folder are not followed into further folders: so it ends, circles and all.
    /// </summary>
    private sealed partial class Selector
    {
        private void AddLink(SourceEntry link)
        {
            if (link.Target!.Length == 0)
            {
                AddLinkedFolder(link, "");
                return;
            }
            switch (workspace.Find(link.Target))
            {
                case { Type: EntryType.File } target:
                    AddLinkedFile(link.Path, link, target);
                    break;
                case { Type: EntryType.Folder }:
                    AddLinkedFolder(link, link.Target);
                    break;
                case { Type: EntryType.Obstacle } target:
                    AddObstacle(link.Path, target);
                    break;
                default:
                    AddObstacle(link.Path, link with { Reason = LeftOutReasons.DanglingLink });
                    break;
            }
        }

        private void AddLinkedFile(string path, SourceEntry link, SourceEntry target)
        {
            if (!_matcher.Selects(path))
                return;
            if (Counts(target) && _matcher.Selects(target.Path))
                _leftOut.Add(new LeftOut(link.Path, LeftOutReasons.Link));
            else
                _files.Add(WorkspaceListing.FileOf(link with { Path = path }, target));
        }

        private void AddLinkedFolder(SourceEntry link, string folder)
        {
            if (!_matcher.CouldSelectBelow(link.Path))
                return;
            if (RepositoryOf(folder) is not null)
            {
                _leftOut.Add(new LeftOut(link.Path, LeftOutReasons.NestedRepository));
                return;
            }
            var listing = workspace._listing;
            AddBelow(link, folder, WorkspaceListing.Below(folder, listing.All), wanted: query.Ignored);

            // A link into an ignored folder shows what is there, and so it counts.
            if (listing.IgnoredFolderOf(folder) is { } ignored)
                AddBelow(link, folder, WorkspaceListing.Below(folder, workspace.ListIgnored(ignored, stop)), wanted: true);
        }

        private void AddBelow(SourceEntry link, string folder, ReadOnlySpan<SourceEntry> entries, bool wanted)
        {
            foreach (var entry in entries)
            {
                stop.ThrowIfCancellationRequested();
                if (entry.Ignored && !wanted && entry.Type != EntryType.Folder)
                    continue;
                var path = link.Path + (folder.Length == 0 ? "/" + entry.Path : entry.Path[folder.Length..]);
                switch (entry.Type)
                {
                    case EntryType.File:
                        AddLinkedFile(path, link, entry);
                        break;
                    case EntryType.Folder when entry.Ignored && wanted && workspace._listing.IgnoredFolderOf(entry.Path) == entry.Path && entry.Path != folder:
                        AddBelow(link with { Path = path }, entry.Path, workspace.ListIgnored(entry.Path, stop).AsSpan(), wanted);
                        break;
                    case EntryType.Link when workspace.Find(entry.Target!) is { Type: EntryType.File } target:
                        AddLinkedFile(path, link, target);
                        break;
                    case EntryType.Link when _matcher.CouldSelectBelow(path):
                        _leftOut.Add(new LeftOut(path, LeftOutReasons.Link));
                        break;
                    case EntryType.Obstacle:
                        AddObstacle(path, entry);
                        break;
                }
            }
        }

        /// <summary>The repository of its own that a folder is or lies in: nothing of it is listed.</summary>
        private string? RepositoryOf(string folder)
        {
            foreach (var entry in workspace._listing.Others)
            {
                var above = entry.Path == folder || folder.StartsWith(entry.Path + "/", StringComparison.Ordinal);
                if (above && entry.Reason == LeftOutReasons.NestedRepository)
                    return entry.Path;
            }
            return null;
        }
    }
}
