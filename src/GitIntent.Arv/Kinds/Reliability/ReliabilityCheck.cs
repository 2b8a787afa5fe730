using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>Checks of targets. The runner runs and reports each check of each target by itself, target by target.</summary>
internal sealed class ReliabilityCheck(ImmutableArray<ReliabilityTarget> targets, ImmutableArray<string> checks, int seed) : ICheck
{
    public ImmutableArray<RuleInfo> Rules { get; } = [ReliabilityCodes.Broken];

    public bool NeedsInputs => false;

    public ImmutableArray<CheckPart> Parts { get; } =
    [
        .. from target in targets
           from check in ReliabilityIds.All
           where checks.IsEmpty || checks.Contains(check.Id)
           select new CheckPart(targets.Length == 1 ? check.Id : $"{Short(target, targets)}/{check.Id}", check.Title, new ReliabilityPart(target, check.Id, seed)),
    ];

    /// <summary>All of it at once, where it is an alternative of others.</summary>
    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var outcomes = new List<CheckOutcome>();
        foreach (var part in Parts)
            outcomes.Add(await part.Check.RunAsync(context, stop).ConfigureAwait(false));
        var refusals = outcomes.Select(static o => o.Refusal).OfType<string>().Distinct().ToList();
        return new CheckOutcome([.. outcomes.SelectMany(static o => o.Findings)], new Evidence([], 0, [.. outcomes.SelectMany(static o => o.Evidence.LeftOut).Distinct()]),
            refusals.Count == 0 ? null : string.Join("; ", refusals));
    }

    /// <summary>The scheme; the whole URI where several targets have the same.</summary>
    private static string Short(ReliabilityTarget target, ImmutableArray<ReliabilityTarget> all) =>
        all.Count(t => t.Scheme == target.Scheme) == 1 ? target.Scheme : target.Text;
}
