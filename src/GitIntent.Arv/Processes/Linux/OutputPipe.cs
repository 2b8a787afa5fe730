using System.Runtime.InteropServices;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>One of the two pipes that a command prints into.</summary>
internal sealed unsafe class OutputPipe : IDisposable
{
    private const int SetStatusFlags = 4;
    private const int EAgain = 11;

    /// <summary>How much is read before others have their turn; a flood must not keep the time-out from being looked at.</summary>
    private const int ReadsAtATime = 16;

    private readonly byte[] _buffer = new byte[64 * 1024];

    private readonly bool _isStderr;
    private readonly OutputCapture _output;

    public OutputPipe(bool isStderr, OutputCapture output)
    {
        _isStderr = isStderr;
        _output = output;
        var ends = stackalloc int[2];
        if (Libc.Pipe2(ends, Libc.CloseOnExec) != 0)
            throw new IOException($"no pipe: {Marshal.GetLastPInvokeErrorMessage()}");
        ReadEnd = ends[0];
        WriteEnd = ends[1];
        // Only our end: a command that finds its own output non-blocking would lose some.
        _ = Libc.Fcntl(ReadEnd, SetStatusFlags, Libc.NonBlocking);
    }

    /// <summary>-1 when everybody has closed the other end.</summary>
    public int ReadEnd { get; private set; }

    public int WriteEnd { get; private set; }

    public bool AtEnd => ReadEnd < 0;

    public void CloseWriteEnd()
    {
        if (WriteEnd >= 0)
            _ = Libc.Close(WriteEnd);
        WriteEnd = -1;
    }

    /// <summary>Takes what is there, without waiting.</summary>
    public void Drain()
    {
        fixed (byte* start = _buffer)
        {
            for (var i = 0; i < ReadsAtATime && !AtEnd; i++)
            {
                var read = (int)Libc.Read(ReadEnd, start, _buffer.Length);
                if (read > 0)
                    _output.Write(_isStderr, _buffer.AsSpan(0, read));
                else if (read < 0 && Marshal.GetLastPInvokeError() is EAgain)
                    return;
                else if (read == 0 || Marshal.GetLastPInvokeError() is not Libc.EIntr)
                    CloseReadEnd();
            }
        }
    }

    public void Dispose()
    {
        CloseWriteEnd();
        CloseReadEnd();
    }

    private void CloseReadEnd()
    {
        if (ReadEnd >= 0)
            _ = Libc.Close(ReadEnd);
        ReadEnd = -1;
    }
}
