namespace GitIntent.Arv.Cli;

/// <summary>Standard output cannot be written; <see cref="Exception.HResult"/> is the system's.</summary>
internal sealed class StandardOutputException(Exception inner) : IOException(inner.Message, inner.HResult);

/// <summary>
/// Standard output or standard error, whatever the caller made of it: closed (<c>&gt;&amp;-</c>), full, or a file that is open for reading only.
/// </summary>
/// <param name="open">Opens it; where it is closed, that throws.</param>
/// <param name="isError">Standard error: what cannot be written there can be said nowhere, and changes no exit code.</param>
internal sealed class StandardStream(Func<Stream> open, bool isError) : Stream
{
    private Stream? _stream;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream ??= open();
            _stream.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isError)
                throw new StandardOutputException(e.InnerException as IOException ?? e);
        }
    }

    /// <summary>Nothing is kept here.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
