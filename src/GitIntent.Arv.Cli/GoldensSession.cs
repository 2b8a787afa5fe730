using System.Collections.Immutable;
using GitIntent.Arv.Cli.State;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Exec;
using GitIntent.Arv.Kinds.Exec.Golden;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Running;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Cli;

/// <summary>Makes what commands print the expected: in the tree, and so under its lock.</summary>
internal static class GoldensSession
{
    public static async Task<int> RunAsync(LoadedPlan loaded, string[] gates, CliContext context)
    {
        RunSession.CheckGates(gates, loaded.Plan);
        using var stop = new RunStop();
        var signal = 0;
        using var signals = context.OnSignal(code =>
        {
            signal = code;
            stop.Request("interrupted");
        });
        var scope = RunScopes.Create(loaded, noExec: false, context);
        try
        {
            // What a run started, it waits for; and it holds the lock.
            await using var held = RunMarker.IsNested(context.Variable(RunMarker.Variable), scope.Root) ? null
                : await WorkingTreeLock.AcquireAsync(loaded.Root, "goldens accept", noWait: false, stop, context).ConfigureAwait(false);
            if (held?.Notice is { } notice)
                await context.ErrorLines.WriteLineAsync(EscapeTerminal.Text($"notice: {notice}")).ConfigureAwait(false);
            return await AcceptAsync(loaded, gates, scope, stop, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signal != 0)
        {
            throw new CliException(signal, "error: interrupted; a golden that is not named here is as it was");
        }
        finally
        {
            KeptOutput.Redact(scope.OutRoot, scope.Redactor);
        }
    }

    private static async Task<int> AcceptAsync(LoadedPlan loaded, string[] gates, RunScope scope, RunStop stop, CliContext context)
    {
        var workspace = Workspace.Open(loaded.Source, stop.Token);
        var template = new CheckContext { Workspace = workspace, Inputs = Selection.Empty, Time = context.Time, Run = scope };
        var checks = loaded.Plan.Gates.Where(g => gates.Length == 0 || gates.Contains(g.Id)).SelectMany(static g => g.Checks).Where(static c => GoldenAccept.Applies(c.Check)).ToList();
        if (await RunNeedsAsync(checks, loaded, workspace, template, stop, context).ConfigureAwait(false) is { } problem)
            throw new CliException(ExitCodes.Refused, $"error: no golden was written: {problem}");
        var preparation = new CheckPreparation(loaded.Plan, workspace, template);
        var expansion = new Expansion(workspace);
        var refused = 0;
        foreach (var instance in checks.SelectMany(check => expansion.Expand(check, stop.Token)))
        {
            var prepared = preparation.Prepare(instance, stop.Token);
            var accepted = prepared.Context is { } ready
                ? await GoldenAccept.RunAsync(instance.Check.Check, ready, stop.Token).ConfigureAwait(false)
                : new Accepted(instance.FullId, AcceptedState.Refused, prepared.Result!.Reason ?? "its inputs are not in order");
            refused += accepted.State == AcceptedState.Refused ? 1 : 0;
            Write(instance, accepted, context.OutLines);
        }
        if (checks.Count == 0)
            context.OutLines.WriteLine("no check has a golden");
        return refused == 0 ? ExitCodes.Ready : ExitCodes.Refused;
    }

    /// <summary>What a command needs, such as a build, is run first: an output of something old would become the golden.</summary>
    /// <returns>Which of it did not pass; null when all did.</returns>
    private static async Task<string?> RunNeedsAsync(List<PlannedCheck> checks, LoadedPlan loaded, Workspace workspace, CheckContext template, RunStop stop, CliContext context)
    {
        ImmutableArray<Need> needs = [.. checks.SelectMany(static c => c.Needs).Distinct()];
        if (needs.IsEmpty)
            return null;
        using var progress = new LiveProgress(context.ShowsProgress ? context.Error : null, context.Width, context.Time);
        using var runner = new Runner(loaded.Plan, workspace, new RunOptions { Jobs = context.Processors, OnlyChecks = needs }, template, progress, stop);
        var gates = await runner.RunAsync().ConfigureAwait(false);
        stop.Token.ThrowIfCancellationRequested();
        var bad = gates.SelectMany(static g => g.Checks.Select(c => (g.Id, Check: c))).FirstOrDefault(static c => c.Check.Verdict is Verdict.Failed or Verdict.Refused);
        return bad.Check is { } check ? $"{bad.Id}/{check.Id} {(check.Verdict == Verdict.Failed ? "failed" : "was refused")}; see dotnet arv run {bad.Id}" : null;
    }

    private static void Write(CheckInstance instance, Accepted accepted, TextWriter output)
    {
        var state = accepted.State switch
        {
            AcceptedState.Same => "unchanged",
            AcceptedState.Created => "created",
            AcceptedState.Changed => "changed",
            _ => "refused",
        };
        output.WriteLine($"{state}  {EscapeTerminal.Text(accepted.Golden)}  ({EscapeTerminal.Text(instance.FullId)})");
        foreach (var line in accepted.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine("    " + EscapeTerminal.Text(line));
    }
}
