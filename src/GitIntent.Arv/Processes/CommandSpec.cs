using System.Collections.Immutable;

namespace GitIntent.Arv.Processes;

/// <summary>One command, looked up and ready to start.</summary>
internal sealed record CommandSpec
{
    /// <summary>The executable's path, absolute.</summary>
    public required string Executable { get; init; }

    /// <summary>The arguments after the executable's name; no shell sees them.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>What the command is told that it is called; null: the executable's path.</summary>
    public string? Name { get; init; }

    /// <summary>Absolute.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The whole environment.</summary>
    public required ImmutableDictionary<string, string> Environment { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>The file that it reads as standard input; null: nothing.</summary>
    public string? StdinFile { get; init; }

    /// <summary>The files that take all of what it prints.</summary>
    public required string StdoutFile { get; init; }

    public required string StderrFile { get; init; }

    /// <summary>What it may print altogether. More is a flood, and ends it.</summary>
    public long OutputLimit { get; init; } = 1L << 30;

    /// <summary>How many processes it may have at a time. More is a command that forks for ever, and ends it.</summary>
    public int ProcessLimit { get; init; } = 2000;
}
