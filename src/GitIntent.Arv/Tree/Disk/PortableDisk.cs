using System.IO.Enumeration;
using System.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>The disk by what .NET offers everywhere: for other systems, and where Linux forbids the calls of <see cref="LinuxDisk"/>.</summary>
internal sealed class PortableDisk(string root) : IDisk
{
    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        MatchCasing = MatchCasing.CaseSensitive,
        ReturnSpecialDirectories = false,
        RecurseSubdirectories = false,
    };

    public DiskFolder List(string path)
    {
        try
        {
            return new DiskFolder([.. new FileSystemEnumerable<DiskEntry>(Full(path), (ref FileSystemEntry entry) => Describe(path, ref entry), All)]);
        }
        catch (DirectoryNotFoundException)
        {
            return new DiskFolder([], LeftOutReasons.Vanished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DiskFolder([], LeftOutReasons.Unreadable);
        }
    }

    public DiskEntry? Look(string path)
    {
        try
        {
            var file = new FileInfo(Full(path));
            var attributes = file.Attributes;
            if ((int)attributes == -1)
                return null;
            return new DiskEntry(path, Kind(attributes));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DiskEntry(path, DiskKind.Unreadable);
        }
    }

    public string? ReadLink(string path)
    {
        try
        {
            return new FileInfo(Full(path)).LinkTarget?.Replace(Path.DirectorySeparatorChar, '/');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public DiskOpening Open(string path)
    {
        var entry = Look(path);
        if (entry is not { Kind: DiskKind.File })
            return new DiskOpening(null, Reason(entry?.Kind));
        try
        {
            var handle = OperatingSystem.IsWindows()
                ? File.OpenHandle(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : UnixCalls.OpenWithoutBlocking(Full(path));
            if (handle is null)
                return new DiskOpening(null, LeftOutReasons.Unreadable);
            if (PortableFile.IsRegular(handle))
                return new DiskOpening(new PortableFile(handle));
            handle.Dispose();
            return new DiskOpening(null, LeftOutReasons.NotAFile);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new DiskOpening(null, LeftOutReasons.Vanished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DiskOpening(null, LeftOutReasons.Unreadable);
        }
    }

    private static string Reason(DiskKind? kind) => kind switch
    {
        null => LeftOutReasons.Vanished,
        DiskKind.Unreadable => LeftOutReasons.Unreadable,
        DiskKind.Link => LeftOutReasons.Changed,
        _ => LeftOutReasons.NotAFile,
    };

    private static DiskEntry Describe(string folder, ref FileSystemEntry entry)
    {
        var name = entry.FileName.ToString();
        var path = folder.Length == 0 ? name : folder + "/" + name;
        return IsBad(name, entry)
            ? new DiskEntry(path, entry.IsDirectory ? DiskKind.Folder : DiskKind.File, name)
            : new DiskEntry(path, Kind(entry.Attributes));
    }

    /// <summary>.NET shows a name that is no valid UTF-8 with replacement characters, by which it finds nothing; Windows has names with lone surrogates.</summary>
    private static bool IsBad(string name, in FileSystemEntry entry) =>
        name.Contains('\uFFFD', StringComparison.Ordinal)
            ? (int)new FileInfo(entry.ToFullPath()).Attributes == -1
            : !Ascii.IsValid(name) && name.EnumerateRunes().Any(r => r == Rune.ReplacementChar);

    private static DiskKind Kind(FileAttributes attributes)
    {
        if (attributes.HasFlag(FileAttributes.ReparsePoint))
            return DiskKind.Link;
        return attributes.HasFlag(FileAttributes.Directory) ? DiskKind.Folder : DiskKind.File;
    }

    private string Full(string path) => path.Length == 0 ? root : Path.Join(root, path);
}
