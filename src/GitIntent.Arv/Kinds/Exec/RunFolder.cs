using System.Globalization;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>A folder of the run for one attempt of one command: what it printed, its <c>{out}</c>, and the times of its start and end by the disk's own clock.</summary>
internal sealed class RunFolder
{
    /// <summary>File systems that keep no fractions of a second (or only even seconds) put a file up to this long before its time.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(2);

    private static int s_made;

    private RunFolder(string path)
    {
        FullPath = path;
        Out = Path.Combine(path, "out");
        Directory.CreateDirectory(Out);
        Started = Stamp("started");
    }

    public string FullPath { get; }

    /// <summary><c>{out}</c>: empty when the command starts.</summary>
    public string Out { get; }

    public string StdoutFile => StdoutOf(FullPath);

    public string StderrFile => StderrOf(FullPath);

    public DateTime Started { get; }

    public DateTime Ended { get; private set; } = DateTime.MaxValue;

    /// <param name="outRoot">The run's own folder.</param>
    /// <param name="tool">What runs in it, for people who look there.</param>
    public static RunFolder Make(string outRoot, string tool, int attempt)
    {
        var name = new string([.. Path.GetFileName(tool).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_').Take(40)]);
        var number = Interlocked.Increment(ref s_made);
        return new RunFolder(Path.Combine(outRoot, string.Create(CultureInfo.InvariantCulture, $"{number:000}-{name}-{attempt}")));
    }

    public static string StdoutOf(string folder) => Path.Combine(folder, "stdout.txt");

    public static string StderrOf(string folder) => Path.Combine(folder, "stderr.txt");

    public void End() => Ended = Stamp("ended");

    /// <summary>Why a file cannot be this command's work; null when its time lies within the command's.</summary>
    public string? NotOfThisRun(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        var earliest = written.Ticks % TimeSpan.TicksPerSecond == 0 ? Started - Coarse : Started;
        if (written < earliest)
            return "is older than the command: it was not written by it";
        return written > Ended + Coarse ? "has a time in the future" : null;
    }

    private DateTime Stamp(string name)
    {
        var path = Path.Combine(FullPath, name);
        Directory.CreateDirectory(FullPath); // a command may have deleted it
        File.WriteAllBytes(path, []);
        return File.GetLastWriteTimeUtc(path);
    }
}
