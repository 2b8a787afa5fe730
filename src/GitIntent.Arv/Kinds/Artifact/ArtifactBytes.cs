using System.Security.Cryptography;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Artifact;

/// <summary>Digests of files as they are at one moment: each file once a check.</summary>
internal sealed class ArtifactBytes(Workspace workspace)
{
    private readonly Dictionary<string, (string? Sha256, string? Reason)> _known = new(StringComparer.Ordinal);

    /// <returns>The digest; or a word of <see cref="LeftOutReasons"/> that says why there is none.</returns>
    public (string? Sha256, string? Reason) DigestOf(string path, CancellationToken stop)
    {
        if (!_known.TryGetValue(path, out var known))
            _known[path] = known = Compute(path, stop);
        return known;
    }

    public FileBytes Read(string path, CancellationToken stop) => workspace.Source.Read(path, stop);

    private (string?, string?) Compute(string path, CancellationToken stop)
    {
        var (bytes, reason) = Read(path, stop);
        if (reason == LeftOutReasons.TooLarge && workspace.Root is { } root)
            return Stream(Path.Combine(root, path), stop);
        return reason is null ? (Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), null) : (null, reason);
    }

    /// <summary>Of a file that is too large for the memory. Who replaces or changes it meanwhile is found out by length and time.</summary>
    internal static (string?, string?) Stream(string path, CancellationToken stop)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var before = StampOf(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 20];
            int read;
            long length = 0;
            while ((read = file.Read(buffer)) > 0)
            {
                stop.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                length += read;
            }
            return StampOf(path) == before && length == before.Length
                ? (Convert.ToHexStringLower(hash.GetHashAndReset()), null)
                : (null, LeftOutReasons.Changed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e is FileNotFoundException ? LeftOutReasons.Vanished : LeftOutReasons.Unreadable);
        }
    }

    private static (long Length, DateTime Written) StampOf(string path)
    {
        var info = new FileInfo(path);
        return (info.Length, info.LastWriteTimeUtc);
    }
}
