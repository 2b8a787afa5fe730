using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Opens paths below a root, piece by piece where they are longer than the kernel takes at once.</summary>
internal sealed unsafe class LinuxPaths
{
    /// <summary>Of a name, in bytes: NAME_MAX.</summary>
    public const int LongestName = 255;

    private const int LongestPiece = 4000; // PATH_MAX is 4096
    private const int FolderFlags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec;

    private readonly SafeFileHandle _root;
    private readonly bool _beneath;

    private LinuxPaths(SafeFileHandle root, bool beneath)
    {
        _root = root;
        _beneath = beneath;
    }

    public nint Root => _root.DangerousGetHandle();

    public static LinuxPaths? Open(string root, bool stepwise)
    {
        fixed (byte* path = Terminated(root), here = "."u8)
        {
            var folder = LinuxCalls.OpenAt(LinuxCalls.CurrentFolder, path, FolderFlags | LinuxCalls.Folder);
            if (folder < 0)
                return null;
            var handle = new SafeFileHandle(folder, ownsHandle: true);
            var probe = LinuxCalls.OpenBeneath(folder, here, FolderFlags | LinuxCalls.Folder);
            if (probe >= 0)
                new SafeFileHandle(probe, ownsHandle: true).Dispose();
            return LinuxCalls.Statx(folder, here, out _) ? new LinuxPaths(handle, probe >= 0 && !stepwise) : null;
        }
    }

    public static byte[] Terminated(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }

    public static (string Folder, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash < 0 ? "" : path[..slash], path.Length == 0 ? "." : path[(slash + 1)..]);
    }

    /// <summary>One call by the whole path, where opening the folder first takes three; nothing is opened, so that a link on the way does no harm.</summary>
    public bool MayHave(string path)
    {
        fixed (byte* at = Terminated(path))
            return LinuxCalls.Statx(_root.DangerousGetHandle(), at, out _) || LinuxCalls.LastError != LinuxCalls.NoEntry;
    }

    public SafeFileHandle? Open(string path, int flags, out int error) =>
        OpenIn(_root.DangerousGetHandle(), path, flags, out error) is >= 0 and var opened ? new SafeFileHandle(opened, ownsHandle: true) : null;

    /// <summary>What the caller closes, or -1. A handle for each folder of a tree is an object with a finalizer for each.</summary>
    public nint OpenRaw(ReadOnlySpan<char> path, int flags, out int error) => OpenIn(_root.DangerousGetHandle(), path, flags, out error);

    /// <summary>Without openat2 (before Linux 5.6, or forbidden) each piece is one name, so that no link is followed there either.</summary>
    /// <param name="start">An open folder at or below the root.</param>
    public nint OpenIn(nint start, ReadOnlySpan<char> path, int flags, out int error)
    {
        const int enoughForMost = 512;
        if (path.IsEmpty)
            path = ".";
        var length = Encoding.UTF8.GetByteCount(path) + 1;
        var bytes = length <= enoughForMost ? stackalloc byte[enoughForMost] : new byte[length];
        bytes = bytes[..length];
        bytes[Encoding.UTF8.GetBytes(path, bytes)] = 0;
        var folder = start;
        fixed (byte* first = bytes)
        {
            for (var at = 0; ;)
            {
                var end = EndOfPiece(bytes, at);
                var last = end == bytes.Length - 1;
                bytes[end] = 0;
                var pieceFlags = (last ? flags : FolderFlags | LinuxCalls.Folder) | LinuxCalls.NoFollow;
                var opened = _beneath
                    ? LinuxCalls.OpenBeneath(folder, first + at, pieceFlags)
                    : LinuxCalls.OpenAt(folder, first + at, pieceFlags);
                error = opened < 0 ? LinuxCalls.LastError : 0;
                if (folder != start)
                    LinuxCalls.Close(folder);
                if (opened < 0 || last)
                    return opened;
                folder = opened;
                at = end + 1;
            }
        }
    }

    private int EndOfPiece(ReadOnlySpan<byte> bytes, int at)
    {
        var rest = bytes[at..^1];
        if (_beneath && rest.Length <= LongestPiece)
            return at + rest.Length;
        var slash = _beneath ? rest[..LongestPiece].LastIndexOf((byte)'/') : rest.IndexOf((byte)'/');
        return at + (slash < 0 ? rest.Length : slash);
    }
}
