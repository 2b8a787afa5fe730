using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

/// <summary>The files under test: enumerated once, shared by all checks, never written.</summary>
internal sealed partial class Workspace
{
    private readonly IWorkspaceSource _source;
    private readonly ConcurrentDictionary<string, SourceEntry?> _found = new(StringComparer.Ordinal);

    private Workspace(IWorkspaceSource source, WorkspaceListing listing)
    {
        _source = source;
        _listing = listing;
    }

    /// <summary>The folder on disk that commands run in, or null where there is none.</summary>
    public string? Root => _source.Root;

    /// <summary>Every file that is not ignored, in ordinal path order.</summary>
    public ImmutableArray<WorkspaceFile> Files => _listing.Files;

    /// <summary>Every folder that is not ignored, or holds a tracked file, in ordinal path order.</summary>
    public ImmutableArray<string> Folders => _listing.Folders;

    /// <summary>Every link that is not ignored and ends at a folder inside the root, in ordinal path order.</summary>
    public IEnumerable<string> FolderLinks => _listing.Others
        .Where(e => e is { Type: EntryType.Link, Ignored: false } && Look(e.Path).State == PathState.Folder).Select(static e => e.Path);

    /// <summary>Of a run that was stopped before its files were listed.</summary>
    public static Workspace Nothing { get; } = Open(new NoSource(), CancellationToken.None);

    public static Workspace Open(IWorkspaceSource source, CancellationToken stop) => new(source, WorkspaceListing.Of(source.List(stop)));

    /// <summary>A file's text, or why there is none. Nothing is kept: whoever needs it twice keeps it.</summary>
    public FileRead Read(WorkspaceFile file, CancellationToken stop)
    {
        var (bytes, reason) = _source.Read(file.ReadFrom ?? file.Path, stop);
        return reason is null ? new FileRead(SourceText.Of(bytes), null) : new FileRead(null, reason);
    }

    /// <summary>Opens its files one after the other, to be read piece by piece: each at <see cref="WorkspaceFile.Place"/>.</summary>
    public IFileOpener NewOpener() => _source.NewOpener();

    /// <summary>What is at this very path, ignored or not. A deleted file is missing; a path that leads out of the root is too.</summary>
    public PathLook Look(string path)
    {
        path = path.TrimEnd('/');
        if (path is "" or ".")
            return new PathLook(PathState.Folder, null, null);
        if (Find(path) is not { } entry)
            return new PathLook(PathState.Missing, null, null);
        return entry.Type switch
        {
            EntryType.File => new PathLook(PathState.File, WorkspaceListing.FileOf(entry), null),
            EntryType.Folder => new PathLook(PathState.Folder, null, null),
            EntryType.Link when entry.Target!.Length == 0 => new PathLook(PathState.Folder, null, null),
            EntryType.Link => Find(entry.Target!) switch
            {
                { Type: EntryType.File } target => new PathLook(PathState.File, WorkspaceListing.FileOf(entry, target), null),
                { Type: EntryType.Folder } => new PathLook(PathState.Folder, null, null),
                { Type: EntryType.Obstacle } target => new PathLook(PathState.Blocked, null, target.Reason),
                _ => new PathLook(PathState.Blocked, null, LeftOutReasons.DanglingLink),
            },
            _ when entry.Reason == LeftOutReasons.Deleted => new PathLook(PathState.Missing, null, null),
            _ when entry.Reason == LeftOutReasons.NestedRepository => new PathLook(PathState.Folder, null, null),
            _ => new PathLook(PathState.Blocked, null, entry.Reason),
        };
    }

    private sealed class NoSource : IWorkspaceSource
    {
        public string? Root => null;

        public SourceListing List(CancellationToken stop) => new([]);

        public SourceListing ListIgnored(string folder, CancellationToken stop) => new([]);

        public SourceEntry? Find(string path) => null;

        public FileBytes Read(string path, CancellationToken stop) => default;
    }

    private SourceEntry? Find(string path) => _found.GetOrAdd(path, static (p, source) => source.Find(p), _source);
}

/// <summary>A file's text, or a word of <see cref="LeftOutReasons"/> that says why there is none.</summary>
internal readonly record struct FileRead(SourceText? Text, string? Reason);

/// <summary>What is at a path.</summary>
internal enum PathState
{
    Missing,
    File,
    Folder,

    /// <summary>Something that cannot be looked at; the reason says why.</summary>
    Blocked,
}

/// <param name="File">Where it is a file (or a link to one inside the root).</param>
internal readonly record struct PathLook(PathState State, WorkspaceFile? File, string? Reason);
