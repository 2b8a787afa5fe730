using GitIntent.Arv.Processes.Linux;

namespace GitIntent.Arv.Processes;

/// <summary>Starts one command and stays with it until it, and all that it started, is gone.</summary>
internal interface ICommandRunner
{
    /// <exception cref="OperationCanceledException">Stopped: the command and all that it started have been ended.</exception>
    Task<CommandResult> RunAsync(CommandSpec spec, TimeProvider time, CancellationToken stop);
}

internal static class CommandRunners
{
    public static ICommandRunner ForThisSystem { get; } = OperatingSystem.IsLinux() ? new LinuxCommandRunner() : new PortableCommandRunner();
}
