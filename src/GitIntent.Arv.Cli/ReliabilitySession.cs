using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Running;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Cli;

/// <summary>A run of nothing but reliability checks: without a repository, and without its configuration.</summary>
internal static class ReliabilitySession
{
    private const string Gate = "reliability";

    public static async Task<int> RunAsync(string[] targets, ImmutableArray<string> checks, int seed, TimeSpan? limit, ImmutableArray<(IReporter Reporter, string Path)> reports, CliContext context)
    {
        var request = new RunRequest { Reports = reports };
        RunSession.CheckReports(request, context);
        var plan = PlanOf([.. targets.Select(Parse).DistinctBy(static t => t.Text)], checks, seed, limit);
        var scope = RunScopes.Create(context.CurrentDirectory, writes: false, context);
        using var stop = new RunStop();
        var signal = 0;
        using var signals = context.OnSignal(code =>
        {
            signal = code;
            stop.Request("interrupted");
        });
        var started = context.Time.GetTimestamp();
        var startedAt = context.Time.GetUtcNow();
        var gates = await JudgeAsync(plan, scope, stop, context).ConfigureAwait(false);
        var (verdict, reason) = RunPolicy.JudgeAsked(gates);
        var report = new Redaction(scope.Redactor).Of(new RunReport
        {
            ToolVersion = ToolVersion.Current,
            RunId = scope.RunId,
            StartedAt = startedAt,
            Duration = context.Time.GetElapsedTime(started),
            Repository = new RepositoryState(null, null),
            Plan = plan.Digest,
            Verdict = verdict,
            ExitCode = RunPolicy.ExitCodeOf(verdict),
            Reason = reason ?? stop.Reason,
            Gates = gates,
        });
        var written = await RunSession.OutputAsync(request, report, context, configured: false).ConfigureAwait(false);
        return signal != 0 ? signal : written || report.ExitCode != ExitCodes.Ready ? report.ExitCode : ExitCodes.Machine;
    }

    private static async Task<ImmutableArray<GateReport>> JudgeAsync(Plan plan, RunScope scope, RunStop stop, CliContext context)
    {
        using var progress = new LiveProgress(context.ShowsProgress ? context.Error : null, context.Width, context.Time);
        var workspace = Workspace.Open(new NoFiles(context.CurrentDirectory), stop.Token);
        var template = new CheckContext { Workspace = workspace, Inputs = Selection.Empty, Time = context.Time, Run = scope };
        using var runner = new Runner(plan, workspace, new RunOptions { Jobs = context.Processors }, template, progress, stop);
        return await runner.RunAsync().ConfigureAwait(false);
    }

    private static ReliabilityTarget Parse(string text) => ReliabilityTarget.TryParse(text, out var target, out var error)
        ? target with { Anywhere = true }
        : throw new CliException(ExitCodes.Usage, $"error: --target: {error}");

    /// <summary>A check for each target, by its scheme.</summary>
    private static Plan PlanOf(ImmutableArray<ReliabilityTarget> targets, ImmutableArray<string> checks, int seed, TimeSpan? limit)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        ImmutableArray<PlannedCheck> planned = [.. targets.Select(target =>
        {
            var count = ids[target.Scheme] = ids.GetValueOrDefault(target.Scheme) + 1;
            var check = new ReliabilityCheck([target], checks, seed);
            return new PlannedCheck
            {
                Gate = Gate,
                Id = count == 1 ? target.Scheme : $"{target.Scheme}-{count}",
                Title = target.Text,
                Kind = Gate,
                Check = check,
                RunsCommands = check.RunsCommands,
                OwnTimeout = limit,
                Settings = FindingSettings.Default,
            };
        })];
        var text = $"{string.Join('\n', targets.Select(static t => t.Text))}\n{string.Join(',', checks)}\n{seed}";
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        return new Plan([new PlannedGate(Gate, "Reliability", planned)], "sha256:" + digest, [], Named: true);
    }

    /// <summary>These checks look at no file of the folder that they are run in.</summary>
    private sealed class NoFiles(string root) : IWorkspaceSource
    {
        public string? Root => root;

        public SourceListing List(CancellationToken stop) => new([]);

        public SourceListing ListIgnored(string folder, CancellationToken stop) => new([]);

        public SourceEntry? Find(string path) => null;

        public FileBytes Read(string path, CancellationToken stop) => new(default, LeftOutReasons.Vanished);
    }
}
