using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>Watches one command from its start to the end of its last descendant.</summary>
internal sealed unsafe class CommandWatch(CommandSpec spec, ProcessFamily family, OutputCapture output, OutputPipe stdout, OutputPipe stderr, TimeProvider time)
{
    /// <summary>The longest wait between two looks at the clock.</summary>
    private const int TickMilliseconds = 50;

    /// <summary>What a command started may end by itself this long after it; then it is a leftover.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan CountEvery = TimeSpan.FromMilliseconds(500);

    private readonly long _start = time.GetTimestamp();
    private int _pidfd = -1;
    private bool _exited;

    public CommandResult Watch(CancellationToken stop)
    {
        _pidfd = Libc.OpenPidfd(family.Root);
        try
        {
            return WatchToTheEnd(stop);
        }
        finally
        {
            if (_pidfd >= 0)
                _ = Libc.Close(_pidfd);
        }
    }

    private CommandResult WatchToTheEnd(CancellationToken stop)
    {
        var (ended, leftovers) = (WatchItself(stop), ImmutableArray<Leftover>.Empty);
        if (stop.IsCancellationRequested)
        {
            TreeEnding.End(family, polite: true, Wait);
            TakeExitStatus();
            stop.ThrowIfCancellationRequested();
        }
        if (ended is not null)
            leftovers = [.. TreeEnding.End(family, polite: ended == CommandEnd.TimedOut, Wait).Where(static left => !left.Ended)];
        else if (!IsGoneByItself(stop))
            leftovers = TreeEnding.End(family, polite: true, Wait);
        ReadTheRest();
        var (end, code) = TakeExitStatus();
        output.Dispose();
        if (output.Fault is not null)
            ended = CommandEnd.OutputLost;
        else if (output.Flooded)
            ended = CommandEnd.Flooded;
        return new CommandResult(ended ?? end, code, output.Tail(), leftovers, output.Fault);
    }

    /// <returns>Why it must be ended, or null when it has ended by itself (or we are stopped).</returns>
    private CommandEnd? WatchItself(CancellationToken stop)
    {
        var nextCount = CountEvery;
        while (!HasExited())
        {
            if (stop.IsCancellationRequested)
                return null;
            var elapsed = time.GetElapsedTime(_start);
            if (elapsed >= spec.Timeout)
                return CommandEnd.TimedOut;
            if (output.Fault is not null)
                return CommandEnd.OutputLost;
            if (output.Flooded)
                return CommandEnd.Flooded;
            if (elapsed >= nextCount)
            {
                if (family.Living().Count > spec.ProcessLimit)
                    return CommandEnd.TooManyProcesses;
                nextCount = time.GetElapsedTime(_start) + CountEvery;
            }
            Wait((int)Math.Clamp((spec.Timeout - elapsed).TotalMilliseconds, 1, TickMilliseconds));
        }
        return null;
    }

    /// <summary>Whether all that the command started ends soon after it.</summary>
    private bool IsGoneByItself(CancellationToken stop)
    {
        var exited = time.GetTimestamp();
        while (family.Living().Count > 0)
        {
            if (time.GetElapsedTime(exited) >= Grace || stop.IsCancellationRequested)
                return false;
            Wait(10);
        }
        return true;
    }

    /// <summary>Nobody of the family lives: what is in the pipes is all there will be. Should a stranger hold them, they are not waited for.</summary>
    private void ReadTheRest()
    {
        for (var round = 0; round < 1 << 20 && !(stdout.AtEnd && stderr.AtEnd) && !output.Flooded; round++)
        {
            if (Poll(round == 0 ? TickMilliseconds : 0) == 0)
                return;
            stdout.Drain();
            stderr.Drain();
        }
    }

    private void Wait(int milliseconds)
    {
        // When all three are done there is nothing to wake us, and the wait is a pause.
        _ = Poll(milliseconds);
        stdout.Drain();
        stderr.Drain();
    }

    private int Poll(int milliseconds)
    {
        var descriptors = stackalloc Libc.PollDescriptor[3];
        // A negative descriptor is passed over: poll(2).
        descriptors[0] = new Libc.PollDescriptor { Descriptor = stdout.ReadEnd, Events = Libc.PollIn };
        descriptors[1] = new Libc.PollDescriptor { Descriptor = stderr.ReadEnd, Events = Libc.PollIn };
        descriptors[2] = new Libc.PollDescriptor { Descriptor = _exited ? -1 : _pidfd, Events = Libc.PollIn };
        return Libc.Poll(descriptors, 3, milliseconds);
    }

    private bool HasExited()
    {
        // The zombie is left: as long as it lies there, nobody else can get its number, and signals reach nobody else.
        var info = stackalloc byte[256];
        new Span<byte>(info, 256).Clear();
        var result = Libc.WaitId(Libc.ById, family.Root, info, Libc.WaitExited | Libc.WaitNoHang | Libc.WaitLeaveZombie);
        _exited = (result == 0 && *(int*)info != 0) || (result != 0 && Marshal.GetLastPInvokeError() != Libc.EIntr);
        return _exited;
    }

    private (CommandEnd End, int Code) TakeExitStatus()
    {
        int status, result;
        do
            result = Libc.WaitPid(family.Root, &status, 0);
        while (result < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
        if (result != family.Root)
            return (CommandEnd.Unknown, 0);
        var signal = status & 0x7f; // WTERMSIG
        return signal == 0 ? (CommandEnd.Exited, (status >> 8) & 0xff) : (CommandEnd.Signalled, signal);
    }
}
