using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tree;

/// <summary>
/// Where a workspace's files come from. The disk now; a git revision, and an in-memory overlay over either, come later:
/// nothing above a source may assume the disk.
/// </summary>
internal interface IWorkspaceSource
{
    /// <summary>The folder on disk that commands run in, or null where there is none.</summary>
    string? Root { get; }

    /// <summary>Everything but what lies in ignored folders (of that, what is tracked), once. A listed root (an empty path) is itself ignored.</summary>
    SourceListing List(CancellationToken stop);

    /// <summary>What an ignored folder holds that is not tracked, at any depth; asked only when a check wants ignored files.</summary>
    SourceListing ListIgnored(string folder, CancellationToken stop);

    /// <summary>What is at this very path: an entry of any kind, ignored or not; null when there is nothing.</summary>
    SourceEntry? Find(string path);

    /// <summary>A file's bytes, whole and unchanged while they were read, or why not (a word of <see cref="LeftOutReasons"/>).</summary>
    FileBytes Read(string path, CancellationToken stop);

    /// <summary>Opens one file after the other, to be read piece by piece.</summary>
    IFileOpener NewOpener() => new WholeFiles(this);
}

/// <summary>Opens files for one thread. What it gives is valid until it is asked for the next.</summary>
internal interface IFileOpener : IDisposable
{
    /// <summary>A file's bytes, or why there are none.</summary>
    ByteOpening Open(string path, CancellationToken stop);
}

/// <summary>For a source that has its files whole.</summary>
internal sealed class WholeFiles(IWorkspaceSource source) : IFileOpener
{
    public ByteOpening Open(string path, CancellationToken stop) => source.Read(path, stop) switch
    {
        { Reason: null } read => new ByteOpening(new MemoryBytes(read.Bytes)),
        var unread => new ByteOpening(null, unread.Reason),
    };

    public void Dispose()
    {
    }
}

internal enum EntryType : byte
{
    File,
    Folder,

    /// <summary>A link: <see cref="SourceEntry.Target"/> is where it ends, when that is inside the root.</summary>
    Link,

    /// <summary>There is something, and it cannot be an input; <see cref="SourceEntry.Reason"/> says why.</summary>
    Obstacle,
}

/// <param name="Path">Relative to the root, with <c>/</c>, without one at the end.</param>
/// <param name="Tracked">Of a folder: whether something in it is.</param>
/// <param name="Ignored">Left out by a <c>.gitignore</c>, and no tracked file; of a folder also where it holds tracked files.</param>
/// <param name="Target">Of a link that ends inside the root: the path of the file or folder that it ends at.</param>
/// <param name="Reason">Of an obstacle: a word of <see cref="LeftOutReasons"/>.</param>
/// <param name="HidesFolder">Of an obstacle: whether it is a folder, or stands for one, so that more may lie below it.</param>
[StructLayout(LayoutKind.Auto)] // there is one for each file: 32 bytes and not 40
internal readonly record struct SourceEntry(
    string Path, EntryType Type, bool Tracked, bool Ignored, string? Target = null, string? Reason = null, bool HidesFolder = false);

/// <param name="Entries">In ordinal path order.</param>
internal sealed record SourceListing(ImmutableArray<SourceEntry> Entries);

/// <summary>Bytes, or the reason why there are none.</summary>
internal readonly record struct FileBytes(ReadOnlyMemory<byte> Bytes, string? Reason);
