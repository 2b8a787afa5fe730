using System.ComponentModel;
using System.Diagnostics;

namespace GitIntent.Arv.Processes;

/// <summary>
/// For systems other than Linux, with what .NET gives: children and their children are ended, but not what has cut itself loose from its parent,
/// and what outlives the command is neither found nor named. The docs say so.
/// </summary>
internal sealed class PortableCommandRunner : ICommandRunner
{
    /// <summary>How long the output may stay open after the command has ended.</summary>
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    public async Task<CommandResult> RunAsync(CommandSpec spec, TimeProvider time, CancellationToken stop)
    {
        using var output = new OutputCapture(spec.StdoutFile, spec.StderrFile, spec.OutputLimit);
        using var process = new Process { StartInfo = StartInfo(spec) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return CommandResult.NotStarted(e.Message);
        }

        using var tooMuch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pumps = Task.WhenAll(
            Pump(process.StandardOutput.BaseStream, false, output, tooMuch),
            Pump(process.StandardError.BaseStream, true, output, tooMuch),
            WriteInput(process, spec.StdinFile));
        using var timeout = new CancellationTokenSource(spec.Timeout < LongestTimer ? spec.Timeout : LongestTimer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, tooMuch.Token);
        CommandEnd? ended = null;
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            ended = CommandEnd.TimedOut;
        }
        stop.ThrowIfCancellationRequested();
        await Task.WhenAny(pumps, Task.Delay(PipeGrace, time, stop)).ConfigureAwait(false);
        if (output.Fault is not null)
            ended = CommandEnd.OutputLost;
        else if (output.Flooded)
            ended = CommandEnd.Flooded;
        return new CommandResult(ended ?? CommandEnd.Exited, process.ExitCode, output.Tail(), [], output.Fault);
    }

    private static async Task WriteInput(Process process, string? file)
    {
        try
        {
            if (file is not null)
                await process.StandardInput.BaseStream.WriteAsync(await File.ReadAllBytesAsync(file).ConfigureAwait(false)).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has closed its end, or is gone: how it ended says more.
        }
    }

    private static ProcessStartInfo StartInfo(CommandSpec spec)
    {
        var info = new ProcessStartInfo(spec.Executable, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            info.Environment[name] = value;
        return info;
    }

    private static async Task Pump(Stream from, bool isStderr, OutputCapture to, CancellationTokenSource tooMuch)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false)) > 0)
            {
                to.Write(isStderr, buffer.AsSpan(0, read));
                if (to.Flooded || to.Fault is not null)
                {
                    await tooMuch.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe is gone with the process.
        }
    }
}
