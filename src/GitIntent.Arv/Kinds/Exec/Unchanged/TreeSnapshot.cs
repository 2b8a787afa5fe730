using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec.Unchanged;

/// <param name="What">added, changed, deleted</param>
internal readonly record struct TreeChange(string Path, string What);

/// <summary>All files of the tree that are not ignored, with their contents' digests.</summary>
internal sealed class TreeSnapshot
{
    /// <summary>A file system's clock ticks in steps; what was changed this shortly before we looked may be changed again in the same tick.</summary>
    private const long Tick = 50_000_000;

    private const string Gone = "gone";

    private readonly long _begun;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private TreeSnapshot(long begun) => _begun = begun;

    /// <param name="State">Everything about it that git would call a change.</param>
    private readonly record struct Entry(FileStamp? Stamp, string State);

    /// <param name="begun">Now, by the clock of the file system: nanoseconds since the epoch.</param>
    /// <param name="leftOut">A folder inside the root, with a slash at its end, that is the run's own; or null.</param>
    /// <param name="before">An earlier snapshot: what has kept its stamp since is not read again.</param>
    public static TreeSnapshot Take(IWorkspaceSource source, long begun, string? leftOut, TreeSnapshot? before, CancellationToken stop)
    {
        var snapshot = new TreeSnapshot(begun);
        var entries = source.List(stop).Entries.Where(entry =>
            !entry.Ignored && entry.Type != EntryType.Folder && (leftOut is null || !entry.Path.StartsWith(leftOut, StringComparison.Ordinal)));
        Parallel.ForEach(entries, new ParallelOptions { CancellationToken = stop }, entry =>
        {
            var path = Path.Combine(source.Root!, entry.Path);
            var stamp = entry.Type == EntryType.File ? FileStamp.Of(path) : null;
            snapshot._entries[entry.Path] = stamp is not null && before is not null && before.IsStill(entry.Path, stamp.Value, out var same)
                ? same
                : new Entry(stamp, StateOf(entry, path));
        });
        return snapshot;
    }

    public ImmutableArray<TreeChange> ChangesUntil(TreeSnapshot after)
    {
        var changes = new List<TreeChange>();
        foreach (var path in _entries.Keys.Union(after._entries.Keys).Order(StringComparer.Ordinal))
        {
            var (was, @is) = (StateAt(path), after.StateAt(path));
            if (was == @is)
                continue;
            changes.Add(new TreeChange(path, was is null ? "added" : @is is null ? "deleted" : "changed"));
        }
        return [.. changes];
    }

    private string? StateAt(string path) =>
        _entries.TryGetValue(path, out var entry) && entry.State != Gone ? entry.State : null;

    private bool IsStill(string path, FileStamp stamp, out Entry entry) =>
        _entries.TryGetValue(path, out entry) && entry.Stamp == stamp && stamp.Changed < _begun - Tick;

    private static string StateOf(SourceEntry entry, string path)
    {
        try
        {
            switch (entry.Type)
            {
                case EntryType.Link:
                    return "link:" + new FileInfo(path).LinkTarget;
                case EntryType.Obstacle:
                    return entry.Reason == Model.LeftOutReasons.Deleted ? Gone : $"obstacle:{entry.Reason}:{new FileInfo(path).LinkTarget}";
                default:
                    using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1))
                        return (IsExecutable(path) ? "program:" : "file:") + Convert.ToHexString(SHA256.HashData(stream));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? Gone : "unreadable";
        }
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;
}
