using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>What .NET cannot say when it opens a file: do not wait for a FIFO's writer, do not follow a link.</summary>
internal static partial class UnixCalls
{
    private const int Denied = 13;
    private const int NoEntry = 2;

    public static SafeFileHandle? OpenWithoutBlocking(string path)
    {
        var handle = new SafeFileHandle(Open(path, Flags), ownsHandle: true);
        if (!handle.IsInvalid)
            return handle;
        handle.Dispose();
        return Marshal.GetLastPInvokeError() switch
        {
            NoEntry => throw new FileNotFoundException(),
            Denied => throw new UnauthorizedAccessException(),
            _ => null,
        };
    }

    // O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC
    private static int Flags => OperatingSystem.IsLinux()
        ? LinuxCalls.NonBlocking | LinuxCalls.NoFollow | LinuxCalls.CloseOnExec
        : 0x4 | 0x100 | 0x1000000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}

/// <summary>An open file by what .NET offers.</summary>
internal sealed class PortableFile(SafeFileHandle handle) : DiskFile(handle)
{
    public static bool IsRegular(SafeFileHandle handle)
    {
        try
        {
            // FIFOs, sockets and terminals cannot be sought in; of what is left a device has no length, and reads as changed.
            RandomAccess.GetLength(handle);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    public override DiskStamp Stamp() => new(RandomAccess.GetLength(Handle), File.GetLastWriteTimeUtc(Handle).Ticks, 0);
}
