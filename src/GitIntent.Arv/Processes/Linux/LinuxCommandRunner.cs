using System.Runtime.InteropServices;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>Runs a command on a thread of its own, which does nothing but watch it.</summary>
internal sealed class LinuxCommandRunner : ICommandRunner
{
    public Task<CommandResult> RunAsync(CommandSpec spec, TimeProvider time, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(spec, time, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static CommandResult Run(CommandSpec spec, TimeProvider time, CancellationToken stop)
    {
        using var family = new ProcessFamily();
        using var output = new OutputCapture(spec.StdoutFile, spec.StderrFile, spec.OutputLimit);
        using var stdout = new OutputPipe(false, output);
        using var stderr = new OutputPipe(true, output);
        var error = Spawn.Start(spec with { Environment = family.Mark(spec.Environment) }, stdout.WriteEnd, stderr.WriteEnd, out var pid);
        if (error != 0)
            return CommandResult.NotStarted(Marshal.GetPInvokeErrorMessage(error));
        family.Root = pid;
        stdout.CloseWriteEnd();
        stderr.CloseWriteEnd();
        return new CommandWatch(spec, family, output, stdout, stderr, time).Watch(stop);
    }
}
