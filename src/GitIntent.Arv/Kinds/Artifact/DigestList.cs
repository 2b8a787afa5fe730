using System.Collections.Immutable;
using System.Text;

namespace GitIntent.Arv.Kinds.Artifact;

internal readonly record struct FileDigest(string Path, string Sha256);

/// <summary>
/// What is signed: the lines that <c>sha256sum</c> prints for the files, in the order of the paths' bytes (<c>LC_ALL=C sort -k 2</c>).
/// </summary>
internal static class DigestList
{
    /// <summary>What sha256sum would write with a backslash before the line; such a name is refused, so that there is one form only.</summary>
    public static bool CanList(string path) => !path.AsSpan().ContainsAny('\n', '\r', '\\');

    public static byte[] Of(IEnumerable<FileDigest> files)
    {
        var list = new StringBuilder();
        foreach (var file in Sorted(files))
            list.Append(file.Sha256).Append("  ").Append(file.Path).Append('\n');
        return Encoding.UTF8.GetBytes(list.ToString());
    }

    private static ImmutableArray<FileDigest> Sorted(IEnumerable<FileDigest> files) =>
        [.. files.Select(static file => (file, bytes: Encoding.UTF8.GetBytes(file.Path))).OrderBy(static pair => pair.bytes, ByteOrder.Instance).Select(static pair => pair.file)];

    // .NET's ordinal order is that of UTF-16 units, which differs beyond the basic plane.
    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
