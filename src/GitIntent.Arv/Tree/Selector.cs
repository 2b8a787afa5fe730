using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    /// <summary>Works one query out.</summary>
    private sealed partial class Selector(Workspace workspace, FileQuery query, CancellationToken stop)
    {
        private readonly QueryMatcher _matcher = new(query);
        private readonly List<WorkspaceFile> _files = [];
        private readonly List<LeftOut> _leftOut = [];
        private readonly List<LeftOut> _blocked = [];
        private readonly HashSet<string> _named = query.Include.LiteralPaths.ToHashSet(StringComparer.Ordinal);

        public Selection Run()
        {
            // Mostly all are wanted: then they are the workspace's own list.
            var wanted = CountWanted();
            var all = wanted == workspace.Files.Length;
            if (!all)
                AddFiles(wanted);
            var inOrder = _files.Count;
            foreach (var entry in workspace._listing.Others)
            {
                stop.ThrowIfCancellationRequested();
                Add(entry);
            }
            foreach (var path in query.Include.LiteralPaths)
            {
                // What is not ignored, or in an ignored folder that was looked through, is there already; doubles go below.
                if (_matcher.Selects(path) && workspace.Find(path) is { Type: not EntryType.Folder } entry)
                    Add(entry);
            }
            if (all && _files.Count == 0)
                return new Selection(workspace.Files, InOrder(_leftOut), InOrder(_blocked));
            if (all)
                _files.AddRange(workspace.Files.AsSpan());
            if (all || _files.Count > inOrder)
                _files.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            return new Selection(Distinct(_files, static f => f.Path), InOrder(_leftOut), InOrder(_blocked));
        }

        /// <summary>How many files, from the first, are all wanted.</summary>
        private int CountWanted()
        {
            var wanted = 0;
            while (wanted < workspace.Files.Length && _matcher.Selects(workspace.Files[wanted].Path))
                wanted++;
            return wanted;
        }

        /// <param name="wanted">So many from the first are wanted; the next is not.</param>
        private void AddFiles(int wanted)
        {
            _files.EnsureCapacity(workspace.Files.Length);
            _files.AddRange(workspace.Files.AsSpan()[..wanted]);
            foreach (var file in workspace.Files.AsSpan()[(wanted + 1)..])
            {
                if (_matcher.Selects(file.Path))
                    _files.Add(file);
            }
        }

        private void Add(SourceEntry entry)
        {
            if (!Counts(entry))
                return;
            switch (entry.Type)
            {
                case EntryType.File when _matcher.Selects(entry.Path):
                    _files.Add(WorkspaceListing.FileOf(entry));
                    break;
                case EntryType.Folder when entry.Ignored && _matcher.CouldSelectBelow(entry.Path):
                    foreach (var below in workspace.ListIgnored(entry.Path, stop))
                        Add(below);
                    break;
                case EntryType.Link:
                    AddLink(entry);
                    break;
                case EntryType.Obstacle:
                    AddObstacle(entry.Path, entry);
                    break;
            }
        }

        /// <summary>Whether it is not ignored, or ignored things are asked for, or this one is.</summary>
        private bool Counts(SourceEntry entry) =>
            !entry.Ignored || query.Ignored || _named.Contains(entry.Path);

        private void AddObstacle(string path, SourceEntry obstacle)
        {
            if (!_matcher.Selects(path) && !(obstacle.HidesFolder && _matcher.CouldSelectBelow(path)))
                return;
            var list = obstacle.Reason is LeftOutReasons.Deleted or LeftOutReasons.NestedRepository ? _leftOut : _blocked;
            list.Add(new LeftOut(path, obstacle.Reason!));
        }

        private static ImmutableArray<LeftOut> InOrder(List<LeftOut> entries)
        {
            entries.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path) is not 0 and var order ? order : string.CompareOrdinal(a.Reason, b.Reason));
            return Distinct(entries, static e => e.Path);
        }

        private static ImmutableArray<T> Distinct<T>(List<T> ordered, Func<T, string> path)
        {
            var distinct = ImmutableArray.CreateBuilder<T>(ordered.Count);
            foreach (var item in ordered)
            {
                if (distinct.Count == 0 || path(distinct[^1]) != path(item))
                    distinct.Add(item);
            }
            return distinct.DrainToImmutable();
        }
    }
}
