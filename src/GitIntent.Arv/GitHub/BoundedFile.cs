namespace GitIntent.Arv.GitHub;

/// <summary>Reads a file of which nobody knows how much there is.</summary>
internal static class BoundedFile
{
    /// <returns>Null where there are more bytes than that; a length that the system tells is not believed.</returns>
    public static ReadOnlyMemory<byte>? Read(string path, int limit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > limit) return null;

            bytes.Write(buffer, 0, count);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
