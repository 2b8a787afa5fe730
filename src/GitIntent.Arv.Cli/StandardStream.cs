namespace GitIntent.Arv.Cli;

/// <summary>Standard output cannot be written; <see cref="Exception.HResult"/> is the system's.</summary>
internal sealed class StandardOutputException(Exception inner) : IOException(inner.Message, inner.HResult);

/// <summary>
/// Standard output or standard error, whatever the caller made of it: closed (<c>&gt;&amp;-</c>), full, or a file that is open for reading only.
/// </summary>
/// <param name="open">Opens it; where it is closed, that throws.</param>
/// <param name="isError">Standard error: what cannot be written there can be said nowhere, and changes no exit code.</param>
internal sealed class StandardStream(Func<Stream> open, bool isError) : WriteOnlyStream
{
    private Stream? _stream;

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
}
