using System.Collections.Frozen;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Running;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Cli;

/// <summary>One run, from the command line to the exit code.</summary>
internal static class RunSession
{
    public static async Task<int> RunAsync(RunRequest request, CliContext context)
    {
        CheckReports(request);
        var loaded = PlanLoader.Load(request.Root, request.Config, context);
        CheckGates((request.Only ?? []).Concat(request.Skip), loaded.Plan);
        using var stop = new RunStop();
        var signal = 0;
        using var signals = context.OnSignal(code =>
        {
            signal = code;
            stop.Request("interrupted");
        });
        var progress = new LiveProgress(context.ShowsProgress ? context.Error : null, context.Width, context.Time);
        RunReport report;
        try
        {
            report = await JudgeAsync(request, loaded, stop, progress, context).ConfigureAwait(false);
        }
        finally
        {
            progress.Dispose();
        }
        var written = await OutputAsync(request, report, context).ConfigureAwait(false);
        return signal != 0 ? signal : written || report.ExitCode != ExitCodes.Ready ? report.ExitCode : ExitCodes.Machine;
    }

    public static void CheckReports(RunRequest request)
    {
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

    private static async Task<RunReport> JudgeAsync(RunRequest request, LoadedPlan loaded, RunStop stop, IRunObserver observer, CliContext context)
    {
        var started = context.Time.GetTimestamp();
        var startedAt = context.Time.GetUtcNow();
        var scope = RunScopes.Create(loaded, request.NoExec, context);
        var aside = RunMarker.TryParse(context.Variable(RunMarker.Variable), out var outer) && RunMarker.IsNested(outer.ToString(), scope.Root)
            ? $"inside run {outer.RunId}" : null;
        using var timer = request.Timeout is { } limit
            ? context.Time.CreateTimer(_ => stop.Request($"the run did not end within {Duration.Format(limit)}"), null, limit, Timeout.InfiniteTimeSpan)
            : null;
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
        var workspace = Workspace.Open(loaded.Source, stop.Token);
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

    /// <returns>Whether everything that was asked for could be written. One that fails does not hide the others' output.</returns>
    public static async Task<bool> OutputAsync(RunRequest request, RunReport report, CliContext context)
    {
        var onOutput = request.Reports.Any(static r => r.Path == ReportWriter.StandardOutput);
        var options = new ConsoleOptions(Terminal: context.Colour && !onOutput, WorkflowLog: context.IsGitHubActions);
        var errors = new List<string>();
        foreach (var (reporter, path) in request.Reports)
        {
            if (ReportWriter.Write(reporter, path == ReportWriter.StandardOutput ? path : Path.GetFullPath(path, context.CurrentDirectory), report, context.Out) is { } error)
                errors.Add($"error: {error}");
        }
        _ = ReportWriter.Write(new ConsoleReporter(options), ReportWriter.StandardOutput, report, onOutput ? context.Error : context.Out);
        foreach (var error in errors)
            await context.Error.WriteLineAsync(error).ConfigureAwait(false);
        return errors.Count == 0;
    }
}
