using System.Collections.Immutable;

namespace GitIntent.Arv.Processes;

/// <summary>How a command came to its end.</summary>
internal enum CommandEnd
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>By a signal that was not ours.</summary>
    Signalled,

    TimedOut,

    /// <summary>It printed more than it may.</summary>
    Flooded,

    /// <summary>It had more processes than it may.</summary>
    TooManyProcesses,

    /// <summary>What it prints could not be kept: the disk is full, for example.</summary>
    OutputLost,

    /// <summary>The system would not start it.</summary>
    NotStarted,

    /// <summary>It is over, and nobody can say how: another part of this process took its exit code.</summary>
    Unknown,
}

/// <param name="Code">The exit code, or the signal's number.</param>
/// <param name="Tail">The last of what it printed, both streams in the order of arrival; bounded.</param>
/// <param name="Leftovers">What it left running, and was ended; by process id.</param>
/// <param name="Fault">The system's words, where it did not start or its output was lost.</param>
internal sealed record CommandResult(CommandEnd End, int Code, ReadOnlyMemory<byte> Tail, ImmutableArray<Leftover> Leftovers, string? Fault = null)
{
    public static CommandResult NotStarted(string fault) => new(CommandEnd.NotStarted, 0, default, [], fault);
}

/// <summary>A process that outlived its command.</summary>
/// <param name="Command">Its command line.</param>
/// <param name="Ended">False where it could not be ended, which it may be with a process of another user.</param>
internal sealed record Leftover(int Pid, string Command, bool Ended);
