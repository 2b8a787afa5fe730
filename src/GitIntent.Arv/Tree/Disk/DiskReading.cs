using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Reads a file so that its bytes are those of one moment, or says that they are not.</summary>
internal static class DiskReading
{
    private const int Chunk = 16 * 1024 * 1024;

    public static (byte[]? Bytes, string? Reason) ReadWhole(DiskFile file, CancellationToken stop)
    {
        try
        {
            var before = file.Stamp();
            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)before.Length));
            for (var at = 0; at < bytes.Length;)
            {
                stop.ThrowIfCancellationRequested();
                var read = file.Read(bytes.AsSpan(at, Math.Min(Chunk, bytes.Length - at)), at);
                if (read == 0)
                    return (null, LeftOutReasons.Changed);
                at += read;
            }
            return file.Stamp() == before ? (bytes, null) : (null, LeftOutReasons.Changed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, LeftOutReasons.Unreadable);
        }
    }
}
