using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Support;

/// <summary>A workspace's files from memory: the second source that the interface promises room for.</summary>
internal sealed class MemorySource(params (string Path, string Text)[] files) : IWorkspaceSource
{
    private readonly SortedDictionary<string, byte[]> _files = new(files.ToDictionary(f => f.Path, f => Encoding.UTF8.GetBytes(f.Text)), StringComparer.Ordinal);

    public string? Root => null;

    public SourceListing List(CancellationToken stop) => new([.. _files.Select(f => Entry(f.Key, f.Value))]);

    public SourceListing ListIgnored(string folder, CancellationToken stop) => new([]);

    public SourceEntry? Find(string path) => _files.TryGetValue(path, out var bytes) ? Entry(path, bytes) : null;

    public FileBytes Read(string path, CancellationToken stop) =>
        _files.TryGetValue(path, out var bytes) ? new FileBytes(bytes, null) : new FileBytes(default, LeftOutReasons.Vanished);

    private static SourceEntry Entry(string path, byte[] bytes) => new(path, EntryType.File, Tracked: false, Ignored: false);
}
