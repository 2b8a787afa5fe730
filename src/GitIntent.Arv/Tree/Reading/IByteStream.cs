namespace GitIntent.Arv.Tree.Reading;

/// <summary>A file's bytes, read once from the first to the last.</summary>
internal interface IByteStream : IDisposable
{
    /// <summary>How many bytes there were when it was opened: what a buffer is made for.</summary>
    long Length { get; }

    /// <summary>The next bytes; 0 at the end, or where no more can be read, of which <see cref="Finish"/> tells.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Null where the bytes that were read are those of one moment; else a word of <see cref="Model.LeftOutReasons"/>.</summary>
    string? Finish();
}

/// <summary>Bytes, or a word of <see cref="Model.LeftOutReasons"/> that says why there are none.</summary>
internal readonly record struct ByteOpening(IByteStream? Stream, string? Reason = null);
