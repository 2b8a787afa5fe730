using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Planning;

/// <summary>Several blocks of which one must pass. When none does, what each of them found is shown.</summary>
internal sealed class AnyOfCheck(ImmutableArray<ICheck> alternatives) : ICheck
{
    public ImmutableArray<RuleInfo> Rules => [.. alternatives.SelectMany(static a => a.Rules)];

    public bool NeedsInputs => alternatives.All(static a => a.NeedsInputs);

    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var findings = new List<Finding>();
        var refusals = new List<string>();
        var evidence = Evidence.None;
        foreach (var alternative in alternatives)
        {
            var outcome = await RunAsync(alternative, context, stop).ConfigureAwait(false);
            evidence = outcome.Evidence;
            if (outcome.Refusal is null && !outcome.Findings.Any(static f => f.Severity == Severity.Error))
                return outcome with { Parts = [] };
            findings.AddRange(outcome.Findings);
            if (outcome.Refusal is { } reason)
                refusals.Add(reason);
        }
        return new CheckOutcome([.. findings], evidence, refusals.Count > 0 ? string.Join("; ", refusals) : null);
    }

    private static async ValueTask<CheckOutcome> RunAsync(ICheck check, CheckContext context, CancellationToken stop)
    {
        if (check.NeedsInputs && context.Inputs.Files.IsEmpty)
            return CheckOutcome.Refused("no file matches its patterns");
        return await check.RunAsync(context, stop).ConfigureAwait(false);
    }
}
