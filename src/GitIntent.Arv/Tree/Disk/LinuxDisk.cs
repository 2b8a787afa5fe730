using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Git;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>
/// The disk by system calls: names as bytes, paths longer than PATH_MAX, no link ever followed, and close to
/// the speed of C.
/// </summary>
internal sealed unsafe class LinuxDisk : IDisk
{
    private const int ListingBuffer = 64 * 1024;
    private const int OpenFlags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec;

    /// <summary>Of each thread, kept from folder to folder: what a folder holds is of no use once the next is listed.</summary>
    [ThreadStatic]
    private static List<DiskEntry>? _entries;

    private readonly LinuxPaths _paths;

    private LinuxDisk(LinuxPaths paths) => _paths = paths;

    /// <summary>Null where the system lacks the calls, or forbids them.</summary>
    /// <param name="stepwise">Open name by name, as where openat2 is lacking.</param>
    public static LinuxDisk? Create(string root, bool stepwise = false) => LinuxCalls.Supported && LinuxPaths.Open(root, stepwise) is { } paths ? new LinuxDisk(paths) : null;

    public DiskFolder List(string path)
    {
        var folder = _paths.OpenRaw(path, OpenFlags | LinuxCalls.Folder, out var error);
        if (folder < 0)
            return new DiskFolder([], error is LinuxCalls.NoEntry or LinuxCalls.NotAFolder ? LeftOutReasons.Vanished : LeftOutReasons.Unreadable);

        var buffer = ArrayPool<byte>.Shared.Rent(ListingBuffer);
        try
        {
            var entries = _entries ??= [];
            entries.Clear();
            var asked = false;
            fixed (byte* start = buffer)
            {
                nint length;
                while ((length = LinuxCalls.GetDents(folder, start, buffer.Length)) > 0)
                {
                    for (var at = start; at < start + length; at += *(ushort*)(at + 16))
                        Add(entries, folder, path, at[18], at + 19, ref asked);
                }
                if (length < 0)
                    return new DiskFolder([], LeftOutReasons.Unreadable);
            }
            return new DiskFolder(entries);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            LinuxCalls.Close(folder);
        }
    }

    public DiskEntry? Look(string path)
    {
        var (folderPath, name) = LinuxPaths.Split(path);
        using var folder = _paths.Open(folderPath, OpenFlags | LinuxCalls.Folder, out var error);
        if (folder is null)
            return error == LinuxCalls.Denied ? new DiskEntry(path, DiskKind.Unreadable) : null;
        var bytes = LinuxPaths.Terminated(name);
        fixed (byte* at = bytes)
            return Describe(Fd(folder), at, path);
    }

    public bool MayHave(string path) => _paths.MayHave(path);

    public string? ReadLink(string path)
    {
        var (folderPath, name) = LinuxPaths.Split(path);
        using var folder = _paths.Open(folderPath, OpenFlags | LinuxCalls.Folder, out _);
        if (folder is null)
            return null;
        var bytes = LinuxPaths.Terminated(name);
        var target = stackalloc byte[4096];
        fixed (byte* at = bytes)
        {
            var length = LinuxCalls.ReadLinkAt(Fd(folder), at, target, 4096);
            return length < 0 ? null : GitName.Decode(new ReadOnlySpan<byte>(target, (int)length), out _);
        }
    }

    public DiskOpening Open(string path)
    {
        var handle = _paths.Open(path, OpenFlags, out var error);
        if (handle is null)
            return new DiskOpening(null, Reason(error));

        // The type is asked of what was opened, not of a name that may have come to mean something else.
        if (!LinuxFile.Stat(handle, out var stat) || stat.Kind != DiskKind.File)
        {
            handle.Dispose();
            return new DiskOpening(null, LeftOutReasons.NotAFile);
        }
        return new DiskOpening(new LinuxFile(handle));
    }

    public IDiskOpener NewOpener() => new LinuxOpener(this, _paths);

    public static string Reason(int error) => error switch
    {
        LinuxCalls.NoEntry or LinuxCalls.NotAFolder => LeftOutReasons.Vanished,
        LinuxCalls.LinkLoop or LinuxCalls.CrossDevice => LeftOutReasons.Changed, // it has become a link, or a folder above has
        LinuxCalls.Deviceless => LeftOutReasons.NotAFile, // a socket
        _ => LeftOutReasons.Unreadable,
    };

    /// <param name="asked">Whether one of the folder's files was asked about: whether they can be is the folder's to say, and so is asked of one.</param>
    private static void Add(List<DiskEntry> entries, nint folder, string folderPath, byte type, byte* name, ref bool asked)
    {
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8))
            return;
        var valid = true;
        var path = bytes.Length <= LinuxPaths.LongestName && Ascii.IsValid(bytes) ? Join(folderPath, bytes) : folderPath + Separator(folderPath) + GitName.Decode(bytes, out valid);
        // Some file systems do not say the type.
        DiskEntry? described = type switch
        {
            LinuxCalls.ListedFile when asked => new DiskEntry(path, DiskKind.File),
            LinuxCalls.ListedFolder => new DiskEntry(path, DiskKind.Folder),
            LinuxCalls.ListedLink => new DiskEntry(path, DiskKind.Link),
            _ => Describe(folder, name, path),
        };
        if (described is not { } entry)
            return;
        asked |= entry.Kind == DiskKind.File;
        entries.Add(valid ? entry : entry with { BadName = Encoding.Latin1.GetString(bytes) });
    }

    /// <summary>Most names are ASCII, and then are in their path's one string at once.</summary>
    private static string Join(string folderPath, ReadOnlySpan<byte> name)
    {
        Span<char> wide = stackalloc char[LinuxPaths.LongestName];
        return string.Concat(folderPath, Separator(folderPath), wide[..Encoding.ASCII.GetChars(name, wide)]);
    }

    private static string Separator(string folderPath) => folderPath.Length == 0 ? "" : "/";

    private static DiskEntry? Describe(nint folder, byte* name, string path)
    {
        if (LinuxCalls.Statx(folder, name, out var stat))
            return new DiskEntry(path, stat.Kind);
        return LinuxCalls.LastError == LinuxCalls.NoEntry ? null : new DiskEntry(path, DiskKind.Unreadable);
    }

    private static nint Fd(SafeFileHandle handle) => handle.DangerousGetHandle();

    private sealed class LinuxFile(SafeFileHandle handle) : DiskFile(handle)
    {
        public static bool Stat(SafeFileHandle handle, out LinuxStat stat)
        {
            byte none = 0;
            return LinuxCalls.Statx(Fd(handle), &none, out stat);
        }

        public override DiskStamp Stamp() => Stat(Handle, out var stat) ? stat.Stamp : throw new IOException("The file's state could not be read.");
    }
}
