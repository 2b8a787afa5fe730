using System.Runtime.InteropServices;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>
/// System calls by number: the C library has no wrapper for openat2, and not every one has getdents64 and statx.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    public const int ReadOnly = 0;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int CurrentFolder = -100;

    public const int NoEntry = 2;
    public const int Deviceless = 6;
    public const int Denied = 13;
    public const int CrossDevice = 18;
    public const int NotAFolder = 20;
    public const int LinkLoop = 40;

    public const uint TypeMask = 0xF000;
    public const uint TypeFile = 0x8000;
    public const uint TypeFolder = 0x4000;
    public const uint TypeLink = 0xA000;

    public const byte ListedFile = 8;
    public const byte ListedFolder = 4;
    public const byte ListedLink = 10;

    private const int StatxWanted = 0x1 | 0x40 | 0x200; // type, mtime, size
    private const int NoFollowAt = 0x100;
    private const int EmptyPath = 0x1000;
    private const ulong ResolveNoLinks = 0x04;
    private const ulong ResolveBeneath = 0x08;

    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // O_DIRECTORY and O_NOFOLLOW are not the same on every processor.
    public static readonly int Folder = Arm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = Arm ? 0x8000 : 0x20000;

    private static readonly nint GetDentsNumber = Arm ? 61 : 217;
    private static readonly nint StatxNumber = Arm ? 291 : 332;
    private static readonly nint OpenAtNumber = Arm ? 56 : 257;
    private static readonly nint ReadLinkAtNumber = Arm ? 78 : 267;
    private static readonly nint ReadAtNumber = Arm ? 67 : 17;
    private static readonly nint CloseNumber = Arm ? 57 : 3;
    private const nint OpenAt2Number = 437;

    public static bool Supported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public static int LastError => Marshal.GetLastPInvokeError();

    public static nint GetDents(nint folder, byte* buffer, int length) => Call(GetDentsNumber, folder, (nint)buffer, length, 0, 0);

    public static nint ReadLinkAt(nint folder, byte* name, byte* buffer, int length) => Call(ReadLinkAtNumber, folder, (nint)name, (nint)buffer, length, 0);

    public static nint ReadAt(nint file, byte* buffer, nint length, long offset) => Call(ReadAtNumber, file, (nint)buffer, length, (nint)offset, 0);

    public static void Close(nint file) => Call(CloseNumber, file, 0, 0, 0, 0);

    public static nint OpenAt(nint folder, byte* path, int flags) => Call(OpenAtNumber, folder, (nint)path, flags, 0, 0);

    /// <summary>Opens below <paramref name="folder"/> without going through any link, whatever is swapped in meanwhile.</summary>
    public static nint OpenBeneath(nint folder, byte* path, int flags)
    {
        var how = stackalloc ulong[3];
        how[0] = (ulong)flags;
        how[1] = 0;
        how[2] = ResolveNoLinks | ResolveBeneath;
        return Call(OpenAt2Number, folder, (nint)path, (nint)how, 24, 0);
    }

    public static bool Statx(nint folder, byte* name, out LinuxStat stat)
    {
        fixed (LinuxStat* at = &stat)
            return Call(StatxNumber, folder, (nint)name, NoFollowAt | (*name == 0 ? EmptyPath : 0), StatxWanted, (nint)at) == 0;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d, nint e);
}

/// <summary>struct statx, as far as it is used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct LinuxStat
{
    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(40)]
    private readonly long _size;

    [FieldOffset(112)]
    private readonly long _seconds;

    [FieldOffset(120)]
    private readonly uint _nanoseconds;

    public long Size => _size;

    public DiskStamp Stamp => new(_size, _seconds, _nanoseconds);

    public DiskKind Kind => (_mode & LinuxCalls.TypeMask) switch
    {
        LinuxCalls.TypeFile => DiskKind.File,
        LinuxCalls.TypeFolder => DiskKind.Folder,
        LinuxCalls.TypeLink => DiskKind.Link,
        _ => DiskKind.Other,
    };
}
