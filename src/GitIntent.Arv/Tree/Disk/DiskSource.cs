using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Git;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>The files below a folder on disk, in a git repository or not. It reads git's files itself: no git is needed.</summary>
internal sealed class DiskSource : IWorkspaceSource
{
    /// <summary>Longer files cannot be text of one string, and nobody's source is that long.</summary>
    public const long DefaultLongestFile = 512L * 1024 * 1024;

    private readonly IDisk _disk;
    private readonly DiskLinks _links;
    private readonly string _prefix = "";
    private readonly GitTracked _tracked = GitTracked.Nothing;
    private readonly IgnoreRules? _rulesAbove;
    private readonly bool _leftOut;
    private readonly long _longestFile;

    private DiskSource(string root, Func<string, IDisk> open, long longestFile)
    {
        Root = root;
        _disk = open(root);
        _links = new DiskLinks(_disk, root);
        _longestFile = longestFile;
        Repository = GitRepository.Discover(root);
        if (Repository is null)
            return;
        var relative = Path.GetRelativePath(Repository.Top, root).Replace(Path.DirectorySeparatorChar, '/');
        _prefix = relative == "." ? "" : relative + "/";
        _tracked = new GitTracked(Repository.ReadIndex(), _prefix);
        if (_prefix.Length > 0)
            (_rulesAbove, _leftOut) = DiskIgnoreFiles.AboveRoot(open(Repository.Top), _prefix);
    }

    public string Root { get; }

    string? IWorkspaceSource.Root => Root;

    /// <summary>The git repository that the root lies in, or null.</summary>
    public GitRepository? Repository { get; }

    /// <param name="portable">Do without system calls of Linux.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The git index cannot be understood.</exception>
    public static DiskSource Open(string root, long longestFile = DefaultLongestFile, bool portable = false) =>
        Open(root, folder => portable ? new PortableDisk(folder) : LinuxDisk.Create(folder) ?? (IDisk)new PortableDisk(folder), longestFile);

    /// <param name="open">How a folder on disk is looked at.</param>
    public static DiskSource Open(string root, Func<string, IDisk> open, long longestFile = DefaultLongestFile)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        return Directory.Exists(full) ? new DiskSource(full, open, longestFile) : throw new DirectoryNotFoundException($"There is no folder '{full}'.");
    }

    public SourceListing List(CancellationToken stop) => Scan(new ScanFolder("", GitName.Key(_prefix.TrimEnd('/')), _rulesAbove, _leftOut), wholeIgnored: false, stop);

    public SourceListing ListIgnored(string folder, CancellationToken stop) =>
        Scan(new ScanFolder(folder, GitName.Key((_prefix + folder).TrimEnd('/')), null, ignored: true), wholeIgnored: true, stop);

    public SourceEntry? Find(string path)
    {
        if (!IsInside(path))
            return null;
        var known = _tracked.Find(path);
        var throughLink = ThroughLink(path);
        var entry = throughLink ? null : _disk.Look(path);
        if (entry is null && !throughLink)
            return known is { } missing ? Missing(missing) : null;

        var isTracked = known is not null || _tracked.HasBelow(path);
        var ignored = !isTracked && IsIgnored(path, entry?.Kind == DiskKind.Folder);
        if (entry is not null)
            return DiskEntries.Of(entry.Value, isTracked, ignored, _links);
        var end = DiskEntries.Link(new SourceEntry(path, EntryType.Link, isTracked, ignored), _links);
        return end.Reason == LeftOutReasons.DanglingLink ? null : end;
    }

    public FileBytes Read(string path, CancellationToken stop)
    {
        var (file, reason) = _disk.Open(path);
        using (file)
        {
            if (file is null)
                return new FileBytes(default, reason);
            if (file.Stamp().Length > _longestFile)
                return new FileBytes(default, LeftOutReasons.TooLarge);
            var (bytes, why) = DiskReading.ReadWhole(file, stop);
            return new FileBytes(bytes, why);
        }
    }

    /// <summary>How many bytes a file has; 0 where it cannot be opened.</summary>
    public long LengthOf(string path)
    {
        using var file = _disk.Open(path).File;
        return file?.Stamp().Length ?? 0;
    }

    public IFileOpener NewOpener() => new Opener(_disk.NewOpener());

    private SourceListing Scan(ScanFolder start, bool wholeIgnored, CancellationToken stop) =>
        new DiskScan(new DiskFolders(_disk, _links, _tracked, wholeIgnored), stop).Run(start);

    /// <summary>Whether it is a path below the root and outside git's own folder, whatever case and separators the system allows.</summary>
    private static bool IsInside(string path) =>
        !path.Contains('\0', StringComparison.Ordinal)
        && !(OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':'))
        && !path.Split('/').Any(name => name is "" or "." or ".." || name.Equals(".git", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a folder on the way to this path is a link.</summary>
    private bool ThroughLink(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_disk.Look(path[..slash])?.Kind is not (DiskKind.Folder or DiskKind.Unreadable) and var kind)
                return kind == DiskKind.Link;
        }
        return false;
    }

    private static SourceEntry Missing(GitIndexEntry entry) => new(
        entry.Path, EntryType.Obstacle, Tracked: true, Ignored: false,
        Reason: entry.IsRepository ? LeftOutReasons.NestedRepository
            : entry.SkipWorktree || entry.IsFolder ? LeftOutReasons.SparseCheckout
            : LeftOutReasons.Deleted,
        HidesFolder: entry.IsRepository || entry.IsFolder);

    private bool IsIgnored(string path, bool folder)
    {
        if (_leftOut)
            return true;
        var rules = _rulesAbove;
        for (var start = 0; ;)
        {
            var above = path[..start];
            if (_disk.Look(above + ".gitignore") is { Kind: DiskKind.File })
                rules = DiskIgnoreFiles.Extend(rules, GitName.Key(_prefix + above), DiskIgnoreFiles.ReadSmall(_disk, above + ".gitignore"));
            var end = path.IndexOf('/', start);
            if (end < 0)
                return IgnoreRules.LeaveOut(rules, GitName.Key(_prefix + path), folder);
            if (IgnoreRules.LeaveOut(rules, GitName.Key(_prefix + path[..end]), folder: true))
                return true;
            start = end + 1;
        }
    }

    private sealed class Opener(IDiskOpener files) : IFileOpener
    {
        public ByteOpening Open(string path, CancellationToken stop) => files.Open(path);

        public void Dispose() => files.Dispose();
    }
}
