using GitIntent.Arv.Tree.Disk;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>A real disk on which chosen things go wrong.</summary>
internal sealed class FaultyDisk(IDisk disk) : IDisk
{
    /// <summary>Folders that cannot be listed, and why.</summary>
    public Dictionary<string, string> Folders { get; } = [];

    /// <summary>Files that cannot be opened, and why.</summary>
    public Dictionary<string, string> Files { get; } = [];

    /// <summary>Happens after a file is opened and before it is read.</summary>
    public Action<string>? WhileReading { get; set; }

    public DiskFolder List(string path) => Folders.TryGetValue(path, out var reason) ? new DiskFolder([], reason) : disk.List(path);

    public DiskEntry? Look(string path) => disk.Look(path);

    public string? ReadLink(string path) => disk.ReadLink(path);

    public DiskOpening Open(string path)
    {
        if (Files.TryGetValue(path, out var reason))
            return new DiskOpening(null, reason);
        var opening = disk.Open(path);
        return opening.File is null || WhileReading is null ? opening : new DiskOpening(new Watched(opening.File, () => WhileReading(path)));
    }

    private sealed class Watched(DiskFile file, Action whileReading) : DiskFile(new SafeFileHandle())
    {
        private bool _read;

        public override DiskStamp Stamp() => file.Stamp();

        public override int Read(Span<byte> buffer, long offset)
        {
            if (!_read)
                whileReading();
            _read = true;
            return file.Read(buffer, offset);
        }
    }
}
