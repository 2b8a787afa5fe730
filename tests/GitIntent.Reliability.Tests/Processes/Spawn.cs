using System.Diagnostics;
using System.Globalization;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>Starts this assembly, or a tool, as a process of its own.</summary>
internal static class Spawn
{
    public static string Dotnet => Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet";

    public static string Assembly => typeof(Spawn).Assembly.Location;

    public static Process Child(params string[] args) => Start(Dotnet, ["exec", Assembly, .. args]);

    public static Process Start(string program, params string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;

    /// <summary>Runs to the end: exit code, and what was said.</summary>
    public static async Task<(int Exit, string Said, string Errors)> Run(string program, params string[] args)
    {
        using var process = Start(program, args);
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said, await errors);
    }

    public static async Task Signal(Process process, string signal) =>
        (await Run("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture))).Exit.ShouldBe(0);
}
