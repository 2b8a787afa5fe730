using System.Collections.Immutable;
using System.Security.Cryptography;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli;

/// <summary>All that the command takes from the world, so that a test can give it another.</summary>
internal sealed record CliContext
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary><see cref="Out"/> for lines that may quote the repository.</summary>
    public TextWriter OutLines => IsGitHubActions ? new SafeLines(Out) : Out;

    /// <summary><see cref="Error"/> for lines that may quote the repository.</summary>
    public TextWriter ErrorLines => IsGitHubActions ? new SafeLines(Error) : Error;

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The terminal's columns.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Where relative paths start; null where the shell stands in a folder that is gone.</summary>
    public required string? CurrentFolder { get; init; }

    /// <exception cref="CliException">It is gone.</exception>
    public string CurrentDirectory => CurrentFolder
        ?? throw new CliException(ExitCodes.NotFound, "error: the current folder is gone or cannot be read; change to one that is there");

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>How this command is started once more: a program and its first arguments; empty where nobody knows.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    public required TimeProvider Time { get; init; }

    /// <summary>How many things to do at a time when nobody says.</summary>
    public required int Processors { get; init; }

    /// <summary>What a run is to be called: unique, and in the order of time.</summary>
    public required Func<string> NewRunId { get; init; }

    /// <summary>A random word that nobody can guess.</summary>
    public Func<string> NewWord { get; init; } = static () => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Calls the action with the exit code when the user or the system wants the command to end; disposing ends that.</summary>
    public required Func<Action<int>, IDisposable> OnSignal { get; init; }

    /// <summary>Calls the action when the process of this id has ended, at once where it has; disposing ends that.</summary>
    public Func<int, Action, IDisposable> OnProcessEnd { get; init; } = ParentProcess.Watch;

    /// <summary>A variable's value; null when it is not set or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>https://no-color.org, and terminals that say that they can do nothing.</summary>
    public bool Colour => OutIsTerminal && Variable("NO_COLOR") is null && Variable("TERM") != "dumb";

    /// <summary>Whether somebody sees a line that comes and goes.</summary>
    public bool ShowsProgress => ErrorIsTerminal && Variable("NO_COLOR") is null && Variable("TERM") != "dumb" && !IsGitHubActions;

    /// <summary>Whether what is printed is read as workflow commands.</summary>
    public bool IsGitHubActions => Variable("GITHUB_ACTIONS") == "true";
}
