using System.Collections.Immutable;
using System.Text.Json;

namespace GitIntent.Arv.Model;

/// <summary>What a check has to say; the runner derives its verdict.</summary>
/// <param name="Findings">In any order: the policy sorts them.</param>
/// <param name="Evidence">What was looked at.</param>
/// <param name="Refusal">Why the check could not judge (all of it), or null.</param>
/// <param name="Details">A kind's own addition to the report, or null.</param>
internal sealed record CheckOutcome(ImmutableArray<Finding> Findings, Evidence Evidence, string? Refusal = null, JsonElement? Details = null)
{
    public static CheckOutcome Refused(string reason, Evidence? evidence = null) => new([], evidence ?? Evidence.None, reason);
}
