using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>Runs <c>dotnet</c> as a user would: what this test run has in its environment for itself is taken out.</summary>
internal static partial class DotNet
{
    /// <summary>For one command; nothing here takes so long but on a machine that stands still.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public sealed partial record Result(int ExitCode, string Output)
    {
        public IReadOnlyList<string> Lines => [.. Output.Split('\n').Select(static l => l.TrimEnd('\r'))];

        /// <summary>What the build said of the given rules and codes, each line once: it repeats them at its end.</summary>
        public IReadOnlyList<string> Said(params string[] codes) =>
            [.. Lines.Where(l => codes.Any(code => l.Contains($" {code}: ", StringComparison.Ordinal))).Select(static l => NodeAndTime().Replace(l, "")).Distinct()];

        /// <summary>What <c>-v:normal</c> puts before a line.</summary>
        [GeneratedRegex(@"^\s*(\d+(:\d+)?>)?\s*")]
        private static partial Regex NodeAndTime();
    }

    public static Task<Result> RunAsync(string folder, Feed feed, string[] arguments, bool forRepository = false) => RunAsync(Start(folder, feed, [Host, .. arguments], forRepository));

    public static async Task<Result> RunAsync(ProcessStartInfo start, Action<int>? started = null)
    {
        using var process = Process.Start(start)!;
        started?.Invoke(process.Id);
        var output = new StringBuilder();
        var ended = Task.WhenAll(Collect(process.StandardOutput, output), Collect(process.StandardError, output), process.WaitForExitAsync());
        try
        {
            await ended.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', start.ArgumentList)} did not end. It said:\n{output}");
        }
        return new Result(process.ExitCode, output.ToString());
    }

    public static ProcessStartInfo Start(string folder, Feed feed, string[] command, bool forRepository = false)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(n => IsOfThisRun(n) || (!forRepository && n is "CI" or "GITHUB_ACTIONS")).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (!forRepository)
        {
            start.Environment["DOTNET_CLI_HOME"] = feed.Folder;
            start.Environment["NUGET_PACKAGES"] = feed.Unpacked;
            start.Environment["PATH"] = Path.GetDirectoryName(Path.GetFullPath(Host)) + Path.PathSeparator + start.Environment["PATH"];
        }
        return start;
    }

    private static bool IsOfThisRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ARV", StringComparison.Ordinal)
        || name is "DOTNET_HOST_PATH" or "DOTNET_CLI_USE_MSBUILD_SERVER";

    private static async Task Collect(StreamReader from, StringBuilder to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (to)
                to.Append(line).Append('\n');
        }
    }
}
