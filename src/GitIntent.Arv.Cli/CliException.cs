namespace GitIntent.Arv.Cli;

/// <summary>The command cannot do what it was asked; the message says what, where, what was expected and what to do.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
