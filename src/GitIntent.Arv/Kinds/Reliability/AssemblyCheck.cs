using System.Collections.Immutable;
using GitIntent.Arv.Companion;
using GitIntent.Arv.Kinds.Reliability.Assemblies;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>The checks of every public subject of an assembly, in a process of its own. What subjects there are, and so what is reported, is known only then.</summary>
internal sealed class AssemblyCheck(ReliabilityTarget target, ImmutableArray<string> checks, int seed) : ICheck
{
    /// <summary>For a check without <c>timeout</c>: on virtual time nothing takes long, and a durable store has its time.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    public ImmutableArray<RuleInfo> Rules { get; } = [ReliabilityCodes.Broken, ReliabilityCodes.Ended, ReliabilityCodes.Left];

    public bool NeedsInputs => false;

    public bool RunsCommands => true;

    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        if (context.Run is not { } scope || context.Workspace.Root is not { } root)
            return CheckOutcome.Refused("there is no folder on disk that a process could run in");
        if (target.LocalPath(root, out var refusal) is not { } path)
            return CheckOutcome.Refused(refusal!);
        var evidence = new Evidence([target.Path], 0, []);
        if (!File.Exists(path))
        {
            return CheckOutcome.Refused(Directory.Exists(path)
                ? $"{target.Text}: it is a folder; expected a .NET assembly"
                : $"{target.Text}: there is no such file; build it before, in this run by an exec check that this one needs", evidence);
        }
        var session = new AssemblySession(CompanionProcess.BesideTheCommand(context.Time), scope, root, context.Timeout ?? DefaultLimit);
        var judged = await session.RunAsync(path, Asked, seed, stop).ConfigureAwait(false);
        return new AssemblyOutcome(target, Asked, named: !checks.IsEmpty, seed, context.Settings, evidence).Of(judged);
    }

    private ImmutableArray<string> Asked => [.. ReliabilityIds.All.Select(static c => c.Id).Where(id => checks.IsEmpty || checks.Contains(id))];
}
