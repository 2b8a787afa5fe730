using System.Diagnostics;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>A build that is ended leaves none of the gates' processes behind.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class BuildsThatAreEnded(Feed feed)
{
    private const string Waits = """
          waits:
            title: Waits
            checks:
              a: { timeout: 9m, exec: { run: [sh, -c, "setsid sleep SECONDS & touch started; exec sleep SECONDS"] } }

        """;

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task By_a_signal(string signal)
    {
        using var user = await feed.OneAsync();
        var seconds = $"98{Environment.ProcessId}.{signal.Length}{signal[0] - 'A'}"; // what our commands are known by
        user.Write("arv.yml", Templates.Gates + Waits.Replace("SECONDS", seconds, StringComparison.Ordinal));
        using var started = new FileSystemWatcher(user.Folder, "started");
        var isThere = new TaskCompletionSource();
        started.Created += (_, _) => isThere.TrySetResult();
        started.EnableRaisingEvents = true;

        var dotnet = 0;
        // Whoever starts the tests may ignore SIGINT, as a shell does for its jobs in the background, and what is ignored is inherited.
        var build = DotNet.RunAsync(user.Start("env", "--default-signal=INT", DotNet.Host, "build", "-t:Arv"), id => dotnet = id);
        await isThere.Task.WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);
        Living(seconds, user.Folder).ShouldNotBeEmpty();
        using (var kill = Process.Start("kill", [$"-{signal}", $"{dotnet}"]))
            await kill.WaitForExitAsync();
        await build.WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);

        // It ends beside the build, not before it.
        for (var i = 0; i < 300 && Living(seconds, user.Folder).Count > 0; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Living(seconds, user.Folder).ShouldBeEmpty();
    }

    /// <summary>The gate's commands, and the tool in that folder.</summary>
    private static List<int> Living(string seconds, string folder) =>
        [.. Processes().Where(id => CommandLine(id).Split('\0') is var words && (words.Contains(seconds) || (words.Contains("run-all") && words.Contains(folder))))];

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(static d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(static id => id > 0);

    private static string CommandLine(int id) => Read($"/proc/{id}/cmdline");

    /// <returns>Nothing of a process that has just ended.</returns>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
