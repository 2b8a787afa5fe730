namespace GitIntent.Arv.Tree.Reading;

/// <summary>Bytes that are there already.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : IByteStream
{
    private int _at;

    public long Length => bytes.Length;

    public int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _at);
        bytes.Span.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public string? Finish() => null;

    public void Dispose()
    {
    }
}
