using GitIntent.Arv.Tree.Reading;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>A folder tree on disk, asked by paths relative to its root. Never follows a link.</summary>
internal interface IDisk
{
    /// <summary>What a folder holds, in no order; valid until the same thread asks for the next.</summary>
    DiskFolder List(string path);

    /// <summary>What is at a path; null when there is nothing. Of no use for a path that leads through a link.</summary>
    DiskEntry? Look(string path);

    /// <summary>A quick look: false where there is nothing at a path; true when unsure.</summary>
    bool MayHave(string path) => true;

    /// <summary>Where a link points, as it is written; null when that cannot be read.</summary>
    string? ReadLink(string path);

    /// <summary>Opens a regular file, and nothing else: a FIFO would block, a device act.</summary>
    DiskOpening Open(string path);

    /// <summary>Opens one file after the other.</summary>
    IDiskOpener NewOpener() => new PlainOpener(this);
}

/// <summary>Opens one file after the other, for one thread. What it gives is valid until it is asked for the next.</summary>
internal interface IDiskOpener : IDisposable
{
    ByteOpening Open(string path);
}

/// <summary>Each by itself.</summary>
internal sealed class PlainOpener(IDisk disk) : IDiskOpener
{
    public ByteOpening Open(string path)
    {
        var (file, reason) = disk.Open(path);
        if (file is null)
            return new ByteOpening(null, reason);
        try
        {
            return new ByteOpening(new DiskStream(file, file.Stamp()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            return new ByteOpening(null, Model.LeftOutReasons.Unreadable);
        }
    }

    public void Dispose()
    {
    }
}

internal enum DiskKind
{
    File,
    Folder,
    Link,

    /// <summary>A FIFO, a socket, a device.</summary>
    Other,

    /// <summary>It cannot be told what it is.</summary>
    Unreadable,
}

/// <param name="Path">From the root of the disk. Where its name is no valid UTF-8, with that as <see cref="Git.GitName.Decode"/> shows it.</param>
/// <param name="BadName">The name's bytes as Latin-1, where they are no valid UTF-8.</param>
internal readonly record struct DiskEntry(string Path, DiskKind Kind, string? BadName = null)
{
    /// <summary>The last part of its path. No string of its own: there is one for each file.</summary>
    public ReadOnlySpan<char> Name => Path.AsSpan(Path.LastIndexOf('/') + 1);
}

/// <summary>A folder's entries, or why there are none: a word of <see cref="Model.LeftOutReasons"/>.</summary>
internal readonly record struct DiskFolder(List<DiskEntry> Entries, string? Reason = null);

/// <summary>An open file, or why there is none: a word of <see cref="Model.LeftOutReasons"/>.</summary>
internal readonly record struct DiskOpening(DiskFile? File, string? Reason = null);

/// <summary>What changes when a file is written.</summary>
internal readonly record struct DiskStamp(long Length, long Seconds, long Fraction);

/// <summary>An open regular file.</summary>
internal abstract class DiskFile(SafeFileHandle handle) : IDisposable
{
    protected SafeFileHandle Handle => handle;

    public abstract DiskStamp Stamp();

    public virtual int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

    public void Dispose() => handle.Dispose();
}
