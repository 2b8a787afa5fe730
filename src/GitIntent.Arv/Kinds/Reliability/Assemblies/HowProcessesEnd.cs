using System.Globalization;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Config;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Reliability.Assemblies;

/// <summary>The end of a process in words that go after the name of who caused it.</summary>
internal static class HowProcessesEnd
{
    /// <summary>With these the runtime says why it ends.</summary>
    private static readonly string[] LastWords = ["Stack overflow.", "Unhandled exception.", "Process terminated.", "Out of memory.", "Fatal error."];

    /// <param name="output">What it printed last.</param>
    /// <param name="limit">What was exceeded, where the process ended itself for that.</param>
    public static string Say(CommandResult result, string output, TimeSpan? limit)
    {
        if (limit is { } time)
            return $"did not come to an end within {Duration.Format(time)}";
        var how = result.End switch
        {
            CommandEnd.Exited => string.Create(CultureInfo.InvariantCulture, $"ended the process, with exit code {result.Code}"),
            CommandEnd.Signalled => $"ended the process, by {SignalNames.Of(result.Code)}",
            CommandEnd.TimedOut => "had the process answer no more, and it was ended",
            CommandEnd.Flooded => "printed more than 64 MB, and its process was ended",
            CommandEnd.TooManyProcesses => "started more than 2000 processes at a time, which were ended",
            _ => $"ended the process ({result.Fault ?? "nobody can say how"})",
        };
        var lines = output.Split('\n');
        var at = Array.FindIndex(lines, static line => LastWords.Any(word => line.StartsWith(word, StringComparison.Ordinal)));
        if (at < 0)
            return how;
        // Of Environment.FailFast the reason stands on the next line.
        var why = lines[at] == "Process terminated." && at + 1 < lines.Length ? $"{lines[at]} {lines[at + 1]}" : lines[at];
        return $"{how}: {BrokenPromise.Cut(why)}";
    }
}
