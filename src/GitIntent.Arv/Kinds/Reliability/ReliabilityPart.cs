using System.Collections.Immutable;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Model;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>One check of one target.</summary>
/// <param name="named">Whether somebody asked for just these checks.</param>
internal sealed class ReliabilityPart(ReliabilityTarget target, string id, bool named, int seed) : ICheck
{
    private readonly ReliabilityFindings _findings = new(target.Text, seed);

    public ImmutableArray<RuleInfo> Rules { get; } = [ReliabilityCodes.Broken];

    public bool NeedsInputs => false;

    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        // Every scheme that can be opened so far is one of our own stores: its check says nothing of the repository.
        var evidence = new Evidence([], 0, [new LeftOut(target.Text, LeftOutReasons.OwnStore)]);
        if (target.Open(context.Workspace.Root, out var refusal) is not { } subject)
            return CheckOutcome.Refused(refusal!, evidence);
        try
        {
            var options = new ConformanceOptions { Seed = seed, Location = target.Path, Child = StoreChild.Of(subject, context.Run?.Command ?? []) };
            var result = await ConformanceSuite.Find(id)!.RunAsync(subject, options, stop).ConfigureAwait(false);
            return result.Outcome switch
            {
                // Of a store that offers all that a store can, this is about what it is: in memory.
                ConformanceOutcome.Skipped when !named => new CheckOutcome([], evidence) { Skipped = result.SkipReason },
                ConformanceOutcome.Skipped => CheckOutcome.Refused($"{target.Text}: {result.SkipReason}", evidence),
                _ => new CheckOutcome([.. result.Violations.Select(v => _findings.Of(BrokenPromise.Of(v), id, context.Settings))], evidence, result.Refusal is { } why ? $"{target.Text}: {why}" : null),
            };
        }
        finally
        {
            (subject as IDisposable)?.Dispose();
        }
    }
}
