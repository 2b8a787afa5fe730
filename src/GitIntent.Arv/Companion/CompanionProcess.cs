using System.Collections.Immutable;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Companion;

/// <summary>
/// Starts the companion for one job and waits for it, and for all that it started. The job's answer comes in a file of a private folder, line by line:
/// what code in that process prints cannot disturb it, and what was answered before it died is not lost.
/// </summary>
/// <param name="folder">Where <c>arv-companion.dll</c> is.</param>
internal sealed class CompanionProcess(string folder, TimeProvider time)
{
    public const string Judge = "judge";
    public const string Publish = "publish";

    /// <summary>Not started by the command, but by a companion that judges: see <see cref="Judging.CrashRequest"/>.</summary>
    public const string Crash = "crash";

    public const string AssemblyName = "arv-companion.dll";

    /// <summary>An answer that is longer is none of ours.</summary>
    private const long LongestAnswer = 256L << 20;

    /// <summary>What a job may print; users' code may print what it likes, but not fill the disk.</summary>
    private const long OutputLimit = 64L << 20;

    /// <summary>The companion that came with this command.</summary>
    public static CompanionProcess BesideTheCommand(TimeProvider time) => new(Path.Combine(AppContext.BaseDirectory, "companion"), time);

    /// <param name="name"><see cref="Judge"/> or <see cref="Publish"/>.</param>
    /// <exception cref="OperationCanceledException">Stopped: the process and all that it started have been ended.</exception>
    public async Task<CompanionAnswer> RunAsync(string name, CompanionJob job, CancellationToken stop)
    {
        var assembly = Path.Combine(folder, AssemblyName);
        if (!File.Exists(assembly))
            return CompanionAnswer.None($"the companion is not there: {assembly}; install the command again");
        var host = DotnetHost.Find(job.Environment);
        if (host.Path is null)
            return CompanionAnswer.None(host.Fault!);
        string files;
        try
        {
            files = Directory.CreateTempSubdirectory("arv-companion-").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CompanionAnswer.None($"there is no place for temporary files: {e.Message}");
        }
        try
        {
            var answer = Path.Combine(files, "answer");
            var input = Path.Combine(files, "request");
            await File.WriteAllBytesAsync(input, job.Request, stop).ConfigureAwait(false);
            var result = await RunAsync(
                new CommandSpec
                {
                    Executable = host.Path,
                    Arguments = ["exec", .. job.Packages is { } packages ? ["--additionalprobingpath", packages] : Array.Empty<string>(), assembly, name, answer],
                    WorkingFolder = job.WorkingFolder,
                    Environment = job.Environment,
                    Timeout = job.Timeout,
                    StdinFile = input,
                    StdoutFile = Path.Combine(files, "stdout"),
                    StderrFile = Path.Combine(files, "stderr"),
                    OutputLimit = OutputLimit,
                },
                answer, job.Silence, stop).ConfigureAwait(false);
            return Read(answer, result);
        }
        finally
        {
            Forget(files);
        }
    }

    private async Task<CommandResult> RunAsync(CommandSpec spec, string answer, TimeSpan? silence, CancellationToken stop)
    {
        using var silent = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = silence is { } longest ? new SilenceTimer(answer, longest, time, silent.Cancel) : null;
        try
        {
            return await CommandRunners.ForThisSystem.RunAsync(spec, time, silent.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new CommandResult(CommandEnd.TimedOut, 0, default, []);
        }
    }

    private static void Forget(string files)
    {
        try
        {
            Directory.Delete(files, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left among the system's temporary files changes no answer.
        }
    }

    private static CompanionAnswer Read(string path, CommandResult result)
    {
        if (!File.Exists(path))
            return new CompanionAnswer(null, [], result);
        if (new FileInfo(path).Length > LongestAnswer)
            return new CompanionAnswer($"the companion's answer has more than {LongestAnswer >> 20} MB", [], result);
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        var lines = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        // A line without its end was cut off with the process.
        for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            lines.Add(rest[..end]);
        return new CompanionAnswer(null, lines.ToImmutable(), result);
    }
}
