using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Kinds.Exec.Unchanged;
using GitIntent.Arv.Processes;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>Runs a planned command once for all who ask for it.</summary>
internal sealed class AttemptRunner(PlannedCommand command, RunScope scope, Workspace workspace, TimeProvider time)
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <param name="number">From 1: a repetition is a run of its own, which others that repeat the same share.</param>
    public Task<Attempt> Shared(int number, CancellationToken stop)
    {
        var attempt = number.ToString(CultureInfo.InvariantCulture);
        // Where the same command runs, or ran, under the eyes of a snapshot, that will do for one who needs none.
        var watched = command.Key(unchanged: true) + attempt;
        var key = command.Unchanged || scope.Shared.Has(watched) ? watched : command.Key(unchanged: false) + attempt;
        return scope.Shared.Get(key, token => Run(number, token), stop);
    }

    private Task<Attempt> Run(int number, CancellationToken stop) =>
        scope.Commands.Run(alone: command.Unchanged, () => RunNow(number, stop), stop);

    private async Task<Attempt> RunNow(int number, CancellationToken stop)
    {
        var folder = RunFolder.Make(scope.OutRoot, command.Run[0], number);
        var environment = Environment(folder);
        var tool = ToolLookup.Find(PlannedCommand.FillOut(command.Run[0], folder.Out), command.Folder, environment.GetValueOrDefault("PATH"), environment.GetValueOrDefault("PATHEXT"));
        if (tool.Path is null)
            return new Attempt(CommandResult.NotStarted(tool.Fault!), folder, NetworkOff.On, [], tool.Fault);

        var spec = new CommandSpec
        {
            Executable = tool.Path,
            Name = PlannedCommand.FillOut(command.Run[0], folder.Out),
            Arguments = [.. command.Run.Skip(1).Select(item => PlannedCommand.FillOut(item, folder.Out))],
            WorkingFolder = command.Folder,
            Environment = environment,
            Timeout = command.Timeout,
            StdoutFile = folder.StdoutFile,
            StderrFile = folder.StderrFile,
        };
        var network = NetworkOff.On;
        if (command.NetworkOff)
        {
            var isolation = await scope.Shared.Get("network", token => Probe(spec, token), stop).ConfigureAwait(false);
            network = isolation.Report;
            if (isolation.Prefix is [var unshare, .. var options])
                spec = spec with { Executable = unshare, Name = null, Arguments = [.. options, tool.Path, .. spec.Arguments] };
        }

        var before = command.Unchanged ? Snapshot(null, folder, stop) : null;
        var result = await CommandRunners.ForThisSystem.RunAsync(spec, time, stop).ConfigureAwait(false);
        folder.End();
        var changes = before is null ? [] : before.ChangesUntil(Snapshot(before, folder, stop));
        return new Attempt(result, folder, network, changes);
    }

    private Task<NetworkIsolation> Probe(CommandSpec spec, CancellationToken stop)
    {
        var folder = Path.Combine(scope.OutRoot, "network");
        Directory.CreateDirectory(folder);
        return NetworkOff.Probe(spec, folder, time, stop);
    }

    private ImmutableDictionary<string, string> Environment(RunFolder folder)
    {
        var environment = scope.Environment.SetItem(RunMarker.Variable, new RunMarker(scope.RunId, scope.Root).ToString());
        foreach (var (name, value) in command.Env)
            environment = environment.SetItem(name, PlannedCommand.FillOut(value, folder.Out));
        return environment;
    }

    private TreeSnapshot Snapshot(TreeSnapshot? before, RunFolder folder, CancellationToken stop)
    {
        var now = (before is null ? folder.Started : folder.Ended) - Epoch;
        var ownFolder = RealPath.Of(scope.OutRoot) is { } real && RealPath.IsInside(scope.Root, real)
            ? Path.GetRelativePath(scope.Root, real).Replace('\\', '/') + "/"
            : null;
        return TreeSnapshot.Take(workspace.Source, now.Ticks * TimeSpan.NanosecondsPerTick, ownFolder, before, stop);
    }
}
