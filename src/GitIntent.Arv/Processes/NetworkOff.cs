using System.Collections.Immutable;

namespace GitIntent.Arv.Processes;

/// <param name="Prefix">What stands before the command, tool first; empty where it cannot be kept off the network.</param>
/// <param name="Report">For the report: <c>off (enforced)</c>, or why not.</param>
internal sealed record NetworkIsolation(ImmutableArray<string> Prefix, string Report);

/// <summary>
/// Keeps a command off the network by a network namespace of its own (network_namespaces(7)): not even the loopback is up in it. Whether the system
/// permits that is tried out, once.
/// </summary>
internal static class NetworkOff
{
    public const string On = "on";

    // Root can have one as it is; others need a user namespace too. -c keeps the user's id there; older unshares can only map it to root.
    private static readonly string[][] Ways = [["-n"], ["-c", "-n"], ["-r", "-n"]];

    public static async Task<NetworkIsolation> Probe(CommandSpec like, string folder, TimeProvider time, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            return NotEnforced("only Linux has network namespaces");
        var tool = ToolLookup.Find("unshare", "/", like.Environment.GetValueOrDefault("PATH") + ":/usr/bin:/bin");
        if (tool.Path is null)
            return NotEnforced(tool.Fault!);
        var last = "";
        for (var i = 0; i < Ways.Length; i++)
        {
            var probe = like with
            {
                Executable = tool.Path,
                Name = null,
                Arguments = [.. Ways[i], "--", tool.Path, "--version"],
                Timeout = TimeSpan.FromSeconds(10),
                StdoutFile = Path.Combine(folder, $"unshare-{i}.out"),
                StderrFile = Path.Combine(folder, $"unshare-{i}.err"),
            };
            var result = await CommandRunners.ForThisSystem.RunAsync(probe, time, stop).ConfigureAwait(false);
            if (result is { End: CommandEnd.Exited, Code: 0 })
                return new NetworkIsolation([tool.Path, .. Ways[i], "--"], "off (enforced)");
            last = System.Text.Encoding.UTF8.GetString(result.Tail.Span).Trim();
        }
        return NotEnforced(last.Length == 0 ? "unshare does not work here" : last);
    }

    private static NetworkIsolation NotEnforced(string reason) => new([], $"off (not enforced: {reason})");
}
