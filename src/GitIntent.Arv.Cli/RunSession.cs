using System.Collections.Frozen;
using GitIntent.Arv.Cli.Publishing;
using GitIntent.Arv.Cli.State;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Exec;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Running;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Cli;

/// <summary>One run, from the command line to the exit code.</summary>
internal static class RunSession
{
    public static async Task<int> RunAsync(RunRequest request, CliContext context)
    {
        CheckReports(request, context);
        var loaded = PlanLoader.Load(request.Root, request.Config, context);
        CheckGates((request.Only ?? []).Concat(request.Skip), loaded.Plan);
        var scope = RunScopes.Create(loaded, request.NoExec, context);
        using var log = new RunLog(request.Log, scope.RunId, context);
        try
        {
            var (report, signal, released) = await RunAsync(request, loaded, scope, log, context).ConfigureAwait(false);
            bool written;
            try
            {
                log.Ended(report);
                written = await OutputAsync(request, report, context).ConfigureAwait(false);
                await WorkflowChannels.PublishAsync(request, report, loaded.Root, context).ConfigureAwait(false);
                if (log.Close() is { } lost)
                {
                    written = false;
                    await context.ErrorLines.WriteLineAsync(lost).ConfigureAwait(false);
                }
            }
            finally
            {
                await released.ConfigureAwait(false);
            }
            return signal != 0 ? signal : written || report.ExitCode != ExitCodes.Ready ? report.ExitCode : ExitCodes.Machine;
        }
        catch (Exception e)
        {
            log.Failed(e);
            throw;
        }
    }

    /// <returns>What the run came to; and the end of its lock, which writes to a disk and so goes on while the report is printed.</returns>
    private static async Task<(RunReport Report, int Signal, Task Released)> RunAsync(RunRequest request, LoadedPlan loaded, RunScope scope, RunLog log, CliContext context)
    {
        using var stop = new RunStop();
        var signal = 0;
        using var signals = context.OnSignal(code =>
        {
            signal = code;
            stop.Request("interrupted");
        });
        using var parent = request.Parent is { } id
            ? context.OnProcessEnd(id, () =>
            {
                signal = ExitCodes.Terminated;
                stop.Request("the program that started this run has ended");
            })
            : null;
        using var timer = request.Timeout is { } limit
            ? context.Time.CreateTimer(_ => stop.Request($"the run did not end within {Duration.Format(limit)}"), null, limit, Timeout.InfiniteTimeSpan)
            : null;
        using var progress = new LiveProgress(context.ShowsProgress ? context.Error : null, context.Width, context.Time);
        var observer = new RunObservers(progress, log);
        var aside = RunMarker.TryParse(context.Variable(RunMarker.Variable), out var outer) && RunMarker.IsNested(outer.ToString(), scope.Root)
            ? $"inside run {outer.RunId}" : null;
        log.Started(loaded.Root, loaded.Plan.Digest);
        // The run that this one is inside holds the lock for as long as this one takes.
        var held = aside is null ? await LockAsync(request, loaded, scope, stop, context).ConfigureAwait(false) : null;
        try
        {
            RunReport report;
            try
            {
                report = await JudgeAsync(request, loaded, scope, aside, stop, observer, context).ConfigureAwait(false);
            }
            finally
            {
                KeptOutput.Redact(scope.OutRoot, scope.Redactor);
            }
            report = held?.Notice is { } notice ? report with { Notices = [.. report.Notices, notice] } : report;
            report = new Redaction(scope.Redactor).Of(report);
            var released = held is null ? Task.CompletedTask : await held.BeginReleaseAsync().ConfigureAwait(false);
            return (report, signal, released);
        }
        catch when (held is not null)
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>Null where the wait was ended: what follows ends at once, and says so.</returns>
    private static async Task<WorkingTreeLock?> LockAsync(RunRequest request, LoadedPlan loaded, RunScope scope, RunStop stop, CliContext context)
    {
        try
        {
            return await WorkingTreeLock.AcquireAsync(loaded.Root, $"run {scope.RunId}", request.NoWait, stop, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return null;
        }
    }

    public static void CheckReports(RunRequest request, CliContext context)
    {
        // The second would replace the first, and nobody would know.
        var twice = request.Reports.Where(static r => r.Path != ReportWriter.StandardOutput)
            .GroupBy(r => Path.GetFullPath(r.Path, context.CurrentDirectory), StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1 && !g.Key.StartsWith("/dev/", StringComparison.Ordinal));
        if (twice is not null)
            throw new CliException(ExitCodes.Usage, $"error: {string.Join(" and ", twice.Select(static r => "--" + r.Reporter.Name))} cannot both write to \"{twice.First().Path}\"; give each its own file");

        var onOutput = request.Reports.Where(static r => r.Path == ReportWriter.StandardOutput).Select(static r => "--" + r.Reporter.Name).ToList();
        if (onOutput.Count > 1)
            throw new CliException(ExitCodes.Usage, $"error: {string.Join(" and ", onOutput)} cannot both write to standard output; give a file to all but one");
    }

    /// <exception cref="CliException">One of the gates is not there.</exception>
    public static void CheckGates(IEnumerable<string> named, Plan plan)
    {
        var known = plan.Gates.Select(static g => g.Id).ToList();
        var unknown = named.Distinct().Except(known).ToList();
        if (unknown.Count > 0)
        {
            throw new CliException(ExitCodes.Usage, string.Join('\n', unknown.Select(id =>
                $"error: there is no gate \"{id}\";{Words.DidYouMean(id, known)} expected one of {string.Join(", ", known)}")));
        }
    }

    private static async Task<RunReport> JudgeAsync(RunRequest request, LoadedPlan loaded, RunScope scope, string? aside, RunStop stop, IRunObserver observer, CliContext context)
    {
        var started = context.Time.GetTimestamp();
        var startedAt = context.Time.GetUtcNow();
        var options = new RunOptions
        {
            Jobs = request.Jobs ?? context.Processors,
            FailFast = request.FailFast,
            NoExec = request.NoExec,
            StandAside = aside,
            Strict = request.Strict,
            Only = request.Only?.ToFrozenSet(StringComparer.Ordinal),
            Skip = request.Skip.ToFrozenSet(StringComparer.Ordinal),
        };
        var repository = RepositoryStates.ReadAsync(loaded.Source, stop.Token);
        var workspace = OpenWorkspace(loaded, stop);
        var template = new CheckContext { Workspace = workspace, Inputs = Selection.Empty, Time = context.Time, Run = scope };
        using var runner = new Runner(loaded.Plan, workspace, options, template, observer, stop);
        var gates = await runner.RunAsync().ConfigureAwait(false);
        var (verdict, reason) = RunPolicy.Judge(gates, aside);
        return new RunReport
        {
            ToolVersion = ToolVersion.Current,
            RunId = scope.RunId,
            StartedAt = startedAt,
            Duration = context.Time.GetElapsedTime(started),
            Repository = await repository.ConfigureAwait(false),
            Plan = loaded.Plan.Digest,
            Verdict = verdict,
            ExitCode = RunPolicy.ExitCodeOf(verdict),
            Reason = reason ?? stop.Reason,
            Gates = gates,
        };
    }

    private static Workspace OpenWorkspace(LoadedPlan loaded, RunStop stop)
    {
        try
        {
            return Workspace.Open(loaded.Source, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Workspace.Nothing; // a run that is told to stop looks at none of it: each check says that it was stopped
        }
    }

    /// <param name="request">Which reports, and where.</param>
    /// <param name="report">What the run came to.</param>
    /// <param name="context">Where the console report goes.</param>
    /// <param name="configured">Whether the gates are those of a configuration.</param>
    /// <returns>Whether everything that was asked for could be written. One that fails does not hide the others' output.</returns>
    public static async Task<bool> OutputAsync(RunRequest request, RunReport report, CliContext context, bool configured = true)
    {
        var onOutput = request.Reports.Any(static r => r.Path == ReportWriter.StandardOutput);
        var options = new ConsoleOptions(Terminal: context.Colour && !onOutput, WorkflowLog: context.IsGitHubActions, configured);
        var errors = new List<string>();
        foreach (var (reporter, path) in request.Reports)
        {
            if (ReportWriter.Write(reporter, path == ReportWriter.StandardOutput ? path : Path.GetFullPath(path, context.CurrentDirectory), report, context.Out) is { } error)
                errors.Add($"error: {error}");
        }
        // The verdict does not depend on whether somebody could read it: the loss is said, and the code stays.
        var unread = ReportWriter.Write(new ConsoleReporter(options), ReportWriter.StandardOutput, report, onOutput ? context.Error : context.Out);
        if (unread is not null)
            await context.Error.WriteLineAsync($"error: {unread}").ConfigureAwait(false);
        foreach (var error in errors)
            await context.Error.WriteLineAsync(error).ConfigureAwait(false);
        return errors.Count == 0;
    }
}
