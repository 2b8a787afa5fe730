using System.Runtime.InteropServices;
using GitIntent.Arv.Processes.Linux;

namespace GitIntent.Arv.Cli;

/// <summary>
/// A descriptor that is open, on Linux. The streams of <see cref="Console"/> get ready to read keys before they write their first byte: a thread, three signal
/// handlers, and on a terminal a sequence that changes what its keys send, and that nobody takes back.
/// </summary>
internal sealed unsafe class DescriptorStream(int descriptor) : WriteOnlyStream
{
    public const int Output = 1;
    public const int Error = 2;

    /// <returns>How wide the terminal is that it is open to; 0 where it is none, or does not know.</returns>
    public static int Columns(int descriptor)
    {
        Libc.WindowSize size;
        return Libc.GetWindowSize(descriptor, Libc.WindowSizeRequest, &size) == 0 ? size.Columns : 0;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (nint done = 0; done < buffer.Length;)
            {
                var written = Libc.Write(descriptor, start + done, buffer.Length - done);
                if (written >= 0)
                    done += written;
                else if (!GoesOn(Marshal.GetLastPInvokeError()))
                    return;
            }
        }
    }

    /// <returns>False where nobody reads it any more: who looked at the first lines only has seen enough.</returns>
    private bool GoesOn(int error)
    {
        switch (error)
        {
            case Libc.EIntr:
                return true;
            case Libc.EAgain: // somebody else made it so that it does not wait
                var wanted = new Libc.PollDescriptor { Descriptor = descriptor, Events = Libc.PollOut };
                _ = Libc.Poll(&wanted, 1, milliseconds: -1);
                return true;
            case Libc.EPipe:
                return false;
            default:
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }
}
