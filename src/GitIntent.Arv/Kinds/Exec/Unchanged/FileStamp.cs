using System.Runtime.InteropServices;

namespace GitIntent.Arv.Kinds.Exec.Unchanged;

/// <summary>
/// What changes whenever a file is written, replaced or given other rights; the time of the last change of status (ctime) cannot be set back. Where the system
/// does not tell, there is none, and contents are compared.
/// </summary>
internal readonly partial record struct FileStamp(ulong Inode, ulong Length, ushort Mode, long Changed)
{
    /// <summary>Since the epoch, of <see cref="Changed"/>.</summary>
    private const long NanosecondsASecond = 1_000_000_000;

    public static FileStamp? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return Calls.Statx(path);
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library from before 2018
        }
    }

    private static unsafe partial class Calls
    {
        private const int CurrentFolder = -100;
        private const int NoFollow = 0x100;
        private const uint BasicStats = 0x7ff;

        public static FileStamp? Statx(string path)
        {
            StatxBuffer stat;
            return StatxCall(CurrentFolder, path, NoFollow, BasicStats, &stat) == 0
                ? new FileStamp(stat.Inode, stat.Length, stat.Mode, (stat.ChangedSeconds * NanosecondsASecond) + stat.ChangedNanoseconds)
                : null;
        }

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatxCall(int folder, string path, int flags, uint mask, StatxBuffer* stat);
    }

    // struct statx of linux/stat.h, which is the same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Length;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;
    }
}
