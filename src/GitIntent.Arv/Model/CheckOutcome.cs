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
    /// <summary>What it came to one by one, where a check finds out only while it runs what it stands for: these are reported in its place, each as <c>check/instance</c>.</summary>
    public ImmutableArray<OutcomePart> Parts { get; init; } = [];

    /// <summary>Why there was nothing to ask, though nobody is to blame for it; null where there was.</summary>
    public string? Skipped { get; init; }

    public static CheckOutcome Refused(string reason, Evidence? evidence = null) => new([], evidence ?? Evidence.None, reason);
}

/// <param name="Instance">What its id has after the slash.</param>
/// <param name="Skipped">Why it was not asked, or null.</param>
internal sealed record OutcomePart(string Instance, string Title, CheckOutcome Outcome, TimeSpan Duration, string? Skipped = null);
