using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>
/// Runs the checks of a plan, in parallel and isolated from each other: whatever one of them does, it has a verdict, and the
/// others have theirs.
/// </summary>
internal sealed class Runner(Plan plan, Workspace workspace, RunOptions options, CheckContext template, IRunObserver observer, RunStop stop) : IDisposable
{
    private readonly TimeProvider _time = template.Time;
    private readonly SemaphoreSlim _slots = new(options.Jobs);
    private readonly CheckPreparation _preparation = new(plan, workspace, template);
    private readonly GatePolicy _policy = new(options.Strict, new Redaction(template.Run?.Redactor ?? Redactor.ShapesOnly));

    /// <summary>Of each check, how its instances end.</summary>
    private readonly Dictionary<Need, List<Running>> _running = [];

    private sealed record Running(CheckInstance Instance, TaskCompletionSource<CheckResult> Source)
    {
        public Task<CheckResult> Result => Source.Task;
    }

    /// <returns>The gates, in plan order. It never throws over a check, and ends soon after it is told to stop.</returns>
    public async Task<ImmutableArray<GateReport>> RunAsync()
    {
        var instances = Expand();
        foreach (var group in instances.GroupBy(static i => new Need(i.Check.Gate, i.Check.Id)))
            _running[group.Key] = [.. group.Select(static i => new Running(i, new(TaskCreationOptions.RunContinuationsAsynchronously)))];
        var all = _running.Values.SelectMany(static r => r).ToList();
        var shared = all.Where(static r => IsShared(r.Instance)).ToList();
        var work = all.Except(shared).Select(RunOneAsync).Append(RunSharedAsync(shared)).ToList();
        var gates = plan.Gates.Select(gate => FinishGateAsync(gate, [.. all.Where(r => r.Instance.Check.Gate == gate.Id)])).ToList();
        await Task.WhenAll(work).ConfigureAwait(false);
        return [.. await Task.WhenAll(gates).ConfigureAwait(false)];
    }

    public void Dispose() => _slots.Dispose();

    private const string NoExec = "left out by --no-exec";

    private List<CheckInstance> Expand()
    {
        var asked = GateSelection.Of(plan, options);
        var expansion = new Expansion(workspace);
        var instances = new List<CheckInstance>();
        foreach (var check in plan.Gates.SelectMany(static g => g.Checks))
        {
            var skip = asked(check) ?? (options.NoExec && check.RunsCommands && check.Check.Parts.IsEmpty ? NoExec : null);
            if (skip is not null || check.Off is not null)
                instances.Add(new CheckInstance(check, null, Config.Bindings.None) { Skip = skip });
            else
                instances.AddRange(ExpandAsked(expansion, check));
        }
        return instances;
    }

    private IEnumerable<CheckInstance> ExpandAsked(Expansion expansion, PlannedCheck check) =>
        expansion.Expand(check, CancellationToken.None) // a run that is stopped still has a verdict for each
            .Select(i => options.NoExec && i.Check.RunsCommands ? i with { Skip = NoExec } : i);

    /// <summary>Checks that look at files' contents, wait for nothing and have no time-out of their own read each file together.</summary>
    private static bool IsShared(CheckInstance instance) =>
        instance.Check is { Check: IScanCheck, Needs.IsEmpty: true } && instance.Check.OwnTimeout is null;

    private async Task<GateReport> FinishGateAsync(PlannedGate gate, ImmutableArray<Running> running)
    {
        var results = await Task.WhenAll(running.Select(static r => r.Result)).ConfigureAwait(false);
        var report = _policy.Judge(gate, [.. results.SelectMany(static r => r.Reported)]);
        observer.GateFinished(report);
        if (options.FailFast && report.Verdict == Verdict.Failed)
            stop.Request($"{gate.Id} failed (--fail-fast)", skips: true);
        return report;
    }

    private async Task RunSharedAsync(List<Running> shared)
    {
        var parts = new List<(Running Running, ScanPart Part)>();
        foreach (var running in shared)
        {
            if (await PrepareAsync(running).ConfigureAwait(false) is { } context)
                parts.Add((running, new ScanPart(running.Instance.Check.Check, context)));
        }
        foreach (var group in parts.GroupBy(static p => p.Part.Check.GetType()))
        {
            var members = group.ToList();
            ImmutableArray<ScanPart> scanned = [.. members.Select(static m => m.Part)];
            var started = _time.GetTimestamp();
            members.ForEach(m => observer.CheckStarted(m.Running.Instance.Check.Gate, _policy.Shown(m.Running.Instance)));
            ImmutableArray<CheckOutcome> outcomes = [];
            var refusal = await GuardAsync(PlannedCheck.DefaultTimeout, async token => outcomes = await SharedScan.RunAsync(scanned, options.Jobs, token).ConfigureAwait(false)).ConfigureAwait(false);
            for (var i = 0; i < members.Count; i++)
            {
                var instance = members[i].Running.Instance;
                End(members[i].Running, refusal is null ? Verdicts.Judge(instance, outcomes[i]) : refusal(instance), started);
            }
        }
    }

    private async Task RunOneAsync(Running running)
    {
        var instance = running.Instance;
        var started = _time.GetTimestamp();
        // What is not to run at all needs nothing: its own reason is the one to tell.
        if (instance.NotAsked is null && await NeedsProblemAsync(instance).ConfigureAwait(false) is { } problem)
        {
            End(running, problem, started);
            return;
        }
        try
        {
            await _slots.WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End(running, stop.Result(instance), started);
            return;
        }
        try
        {
            if (await PrepareAsync(running).ConfigureAwait(false) is not { } context)
                return;
            started = _time.GetTimestamp();
            observer.CheckStarted(instance.Check.Gate, _policy.Shown(instance));
            CheckOutcome? outcome = null;
            var refusal = await GuardAsync(instance.Check.RunsCommands ? Unbounded : instance.Check.Timeout, async token => outcome = await JudgeAsync(instance, context, token).ConfigureAwait(false)).ConfigureAwait(false);
            End(running, refusal is null ? Verdicts.Judge(instance, outcome!) : refusal(instance), started);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<CheckOutcome> JudgeAsync(CheckInstance instance, CheckContext context, CancellationToken token)
    {
        if (instance.Check.Check is IScanCheck)
            return (await SharedScan.RunAsync([new ScanPart(instance.Check.Check, context)], options.Jobs, token).ConfigureAwait(false))[0];
        var outcome = await instance.Check.Check.RunAsync(context, token).ConfigureAwait(false);
        outcome = outcome with { Evidence = Verdicts.AddLeftOut(outcome.Evidence, context.Inputs.LeftOut) };
        return Verdicts.AddObstacles(outcome, context.Inputs.Blocked);
    }

    /// <returns>The context to run in; null when the check has come to its end before it ran.</returns>
    private async Task<CheckContext?> PrepareAsync(Running running)
    {
        var started = _time.GetTimestamp();
        var prepared = default(Prepared);
        var refusal = await GuardAsync(running.Instance.Check.Timeout, token =>
        {
            prepared = _preparation.Prepare(running.Instance, token);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        var ended = refusal?.Invoke(running.Instance) ?? prepared.Result;
        if (ended is not null)
            End(running, ended, started);
        return ended is null ? prepared.Context : null;
    }

    private async Task<CheckResult?> NeedsProblemAsync(CheckInstance instance)
    {
        foreach (var need in instance.Check.Needs)
        {
            var needed = _running[need];
            // Of a check that is made for the same paths, only the instance for the same path is needed.
            if (instance.Check.ForEach is not null && needed.Any(n => n.Instance.Instance == instance.Instance && n.Instance.Check.ForEach == instance.Check.ForEach))
                needed = [.. needed.Where(n => n.Instance.Instance == instance.Instance)];
            var results = await Task.WhenAll(needed.Select(static n => n.Result)).ConfigureAwait(false);
            // What a subject does not offer is no obstacle: what it was asked, it was.
            foreach (var result in results.SelectMany(static r => r.Reported.Where(part => !part.IsNotOffered && (r.Parts.IsEmpty || part.Verdict != Verdict.Skipped))))
            {
                var verdict = _policy.Judge(result);
                if (verdict is Verdict.Failed or Verdict.Refused)
                    return CheckResult.Refused(instance, $"needs {result.Instance.FullId}, which {(verdict == Verdict.Failed ? "failed" : "was refused")}");
                if (verdict == Verdict.Skipped)
                    return CheckResult.Skipped(instance, $"needs {result.Instance.FullId}, which was skipped: {result.Reason}");
            }
        }
        return null;
    }

    /// <summary>Runs work that may throw, hang or ignore that it is told to stop.</summary>
    /// <returns>Null when it ended well; else what the check comes to.</returns>
    private async Task<Func<CheckInstance, CheckResult>?> GuardAsync(TimeSpan timeout, Func<CancellationToken, Task> work)
    {
        if (stop.Token.IsCancellationRequested)
            return stop.Result;
        using var limit = new CancellationTokenSource(timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
        var task = Task.Run(() => work(linked.Token), CancellationToken.None);
        try
        {
            await Task.WhenAny(task, Cancelled(linked.Token)).ConfigureAwait(false);
            // Time for it to end by itself, so that it can take its children along; then it is left to itself.
            await task.WaitAsync(Grace, _time, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && linked.Token.IsCancellationRequested)
        {
            return stop.Token.IsCancellationRequested ? stop.Result
                : instance => CheckResult.Refused(instance, $"did not end within {Config.Duration.Format(timeout)}");
        }
        catch (Exception e)
        {
            return instance => CheckResult.Refused(instance, $"crashed: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>A kind that starts commands ends them, and all that they started, at the check's time-out by itself, and says so in better words.</summary>
    private static readonly TimeSpan Unbounded = TimeSpan.FromDays(24);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static Task Cancelled(CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);

    private void End(Running running, CheckResult result, long started)
    {
        result = result with { Duration = _time.GetElapsedTime(started) };
        foreach (var part in result.Reported)
            observer.CheckFinished(running.Instance.Check.Gate, _policy.Report(part));
        running.Source.TrySetResult(result);
    }
}
