using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Starts a child process and waits for its end.</summary>
internal static class CrashingProcess
{
    private const int Tail = 2000;

    /// <returns>How it ended, in words.</returns>
    /// <exception cref="CannotJudgeException">It could not be started, or does not end.</exception>
    public static async Task<string> RunAsync(ChildCommand command, TimeSpan limit, CancellationToken stop)
    {
        using var process = Start(command);
        try
        {
            var output = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await WriteAsync(process, command.Input);
            await process.WaitForExitAsync(stop).WaitAsync(limit, TimeProvider.System, stop);
            // What it has started may live on, and keep its streams open.
            var said = await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop)) == output ? string.Concat(await output).Trim() : "";
            return $"ended with exit code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}{(said.Length > 0 ? $": {said}" : "")}";
        }
        catch (TimeoutException)
        {
            throw new CannotJudgeException($"the child process {command.Program} did not come to an end within {limit.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ChildCommand command)
    {
        try
        {
            var start = new ProcessStartInfo(command.Program, command.Arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // It dies young: to measure how its code could be compiled better takes a third of its life.
            start.Environment.TryAdd("DOTNET_TieredPGO", "0");
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            throw new CannotJudgeException($"the child process cannot be started: {e.Message}");
        }
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; that will be seen.
        }
    }

    /// <summary>Everything, so that it does not wait; kept is the end.</summary>
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var (kept, buffer) = ("", new char[4096]);
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            kept += new string(buffer, 0, read);
            kept = kept.Length > Tail ? kept[^Tail..] : kept;
        }

        return kept;
    }
}
