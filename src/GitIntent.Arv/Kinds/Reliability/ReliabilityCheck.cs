using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>Checks of targets. The runner runs and reports each check of each target by itself, target by target.</summary>
internal sealed class ReliabilityCheck(ImmutableArray<ReliabilityTarget> targets, ImmutableArray<string> checks, int seed) : ICheck
{
    public ImmutableArray<RuleInfo> Rules { get; } = targets.Any(static t => t.IsAssembly) ? [ReliabilityCodes.Broken, ReliabilityCodes.Ended, ReliabilityCodes.Left] : [ReliabilityCodes.Broken];

    public bool NeedsInputs => false;

    public bool RunsCommands { get; } = targets.Any(static t => t.IsAssembly);

    /// <summary>None of a single assembly: what subjects it has is known only when it was looked at, and it was perhaps not even built yet.</summary>
    public ImmutableArray<CheckPart> Parts { get; } =
        targets is [{ IsAssembly: true }] ? [] : [.. targets.SelectMany(target => PartsOf(target, targets, checks, seed))];

    /// <summary>All of it at once, where it is an alternative of others.</summary>
    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        if (targets is [{ IsAssembly: true } assembly])
            return await new AssemblyCheck(assembly, checks, seed).RunAsync(context, stop).ConfigureAwait(false);
        var outcomes = new List<CheckOutcome>();
        foreach (var part in Parts)
            outcomes.Add(await part.Check.RunAsync(context, stop).ConfigureAwait(false));
        var refusals = outcomes.Select(static o => o.Refusal).OfType<string>().Distinct().ToList();
        return new CheckOutcome([.. outcomes.SelectMany(static o => o.Findings)], new Evidence([], 0, [.. outcomes.SelectMany(static o => o.Evidence.LeftOut).Distinct()]),
            refusals.Count == 0 ? null : string.Join("; ", refusals));
    }

    private static IEnumerable<CheckPart> PartsOf(ReliabilityTarget target, ImmutableArray<ReliabilityTarget> targets, ImmutableArray<string> checks, int seed)
    {
        var name = Short(target, targets);
        return target.IsAssembly
            ? [new CheckPart(name, target.Text, new AssemblyCheck(target, checks, seed))]
            : ReliabilityIds.All.Where(check => checks.IsEmpty || checks.Contains(check.Id))
                .Select(check => new CheckPart(targets.Length == 1 ? check.Id : $"{name}/{check.Id}", check.Title, new ReliabilityPart(target, check.Id, named: !checks.IsEmpty, seed)));
    }

    /// <summary>The scheme; the whole URI where several targets have the same.</summary>
    private static string Short(ReliabilityTarget target, ImmutableArray<ReliabilityTarget> all) =>
        all.Count(t => t.Scheme == target.Scheme) == 1 ? target.Scheme : target.Text;
}
