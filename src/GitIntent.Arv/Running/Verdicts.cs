using GitIntent.Arv.Model;

namespace GitIntent.Arv.Running;

/// <summary>From what a check has to say to its verdict, before the policy.</summary>
internal static class Verdicts
{
    public static CheckResult Judge(CheckInstance instance, CheckOutcome outcome) => outcome.Skipped is { } reason ? CheckResult.Skipped(instance, reason) with { IsNotOffered = true } : new(
        instance,
        outcome.Findings.Any(static f => f.Severity == Severity.Error) ? Verdict.Failed
            : outcome.Refusal is not null ? Verdict.Refused
            : Verdict.Passed,
        outcome.Refusal, outcome.Findings, outcome.Evidence)
    {
        Details = outcome.Details,
        Parts = [.. outcome.Parts.Select(part => Judge(instance, part))],
    };

    private static CheckResult Judge(CheckInstance whole, OutcomePart part)
    {
        var instance = whole with
        {
            Check = whole.Check with { Title = part.Title },
            Instance = whole.Instance is null ? part.Instance : $"{whole.Instance}/{part.Instance}",
        };
        return (part.Skipped is { } reason ? CheckResult.Skipped(instance, reason) : Judge(instance, part.Outcome)) with { Duration = part.Duration };
    }

    /// <summary>Names what could not be looked at: the first few, and how many more.</summary>
    public static string OutOfReach(IReadOnlyCollection<LeftOut> blocked)
    {
        const int shown = 3;
        var first = string.Join(", ", blocked.Take(shown).Select(static b => $"{b.Path} ({b.Reason})"));
        return blocked.Count <= shown ? $"could not look at {first}" : $"could not look at {first} and {blocked.Count - shown} more";
    }

    public static CheckOutcome AddObstacles(CheckOutcome outcome, IReadOnlyCollection<LeftOut> obstacles)
    {
        if (obstacles.Count == 0)
            return outcome;
        var reason = OutOfReach(obstacles);
        return outcome with
        {
            Refusal = outcome.Refusal is null ? reason : $"{outcome.Refusal}; {reason}",
            Evidence = AddLeftOut(outcome.Evidence, obstacles),
        };
    }

    public static Evidence AddLeftOut(Evidence evidence, IEnumerable<LeftOut> more) => evidence with
    {
        LeftOut = [.. evidence.LeftOut.Concat(more).Distinct().OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.Reason, StringComparer.Ordinal)],
    };
}
