using System.Diagnostics;

namespace GitIntent.Arv.Tests.Support;

/// <summary>
/// The command as a process of its own, for what only a process has: signals, and streams that are closed, full or cut off.
/// </summary>
internal static class Child
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "dotnet-arv.dll");

    /// <summary>The host that runs this test runs the command too: what <c>dotnet</c> on the path is may be another.</summary>
    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a shell line in which <c>arv</c> is the command.</summary>
    public static async Task<Tool.Result> ShellAsync(string folder, string line)
    {
        using var process = Start(folder, line);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Tool.Result(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", "arv() { \"$ARV_HOST\" \"$ARV_DLL\" \"$@\"; }; " + line])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ARV_HOST"] = Host;
        start.Environment["ARV_DLL"] = Assembly;
        start.Environment.Remove("GITHUB_ACTIONS");
        return Process.Start(start)!;
    }
}
