using System.Collections.Concurrent;
using System.ComponentModel;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>Skips with the reason where a tool of the system is missing or forbidden, unless ARV_REQUIRE_SERVERS names it: then the test runs, and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    private static readonly ConcurrentDictionary<string, string?> s_missing = new(StringComparer.Ordinal);

    /// <param name="tool">The tool.</param>
    /// <param name="probe">A harmless call of it that does what the test needs.</param>
    public NeedsFactAttribute(string tool, params string[] probe)
    {
        Tool = tool;
        Probe = probe;
        var required = (Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains(tool, StringComparer.Ordinal);
        Skip = required ? null : s_missing.GetOrAdd(string.Join(' ', [tool, .. probe]), call => Missing(tool, probe, call));
    }

    public string Tool { get; }

    public IReadOnlyList<string> Probe { get; }

    private static string? Missing(string tool, string[] probe, string call)
    {
        try
        {
            using var process = Spawn.Start(tool, probe);
            process.StandardOutput.ReadToEnd();
            var why = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"`{call}` exits {process.ExitCode}: {why.Trim()}";
        }
        catch (Win32Exception e)
        {
            return $"`{call}` cannot be run: {e.Message}";
        }
    }
}
