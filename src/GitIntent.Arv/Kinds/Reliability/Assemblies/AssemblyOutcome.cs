using System.Collections.Immutable;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability.Assemblies;

/// <summary>Makes of what is known of an assembly a report for each check of each subject.</summary>
/// <param name="named">Whether somebody asked for just these checks.</param>
internal sealed class AssemblyOutcome(ReliabilityTarget target, ImmutableArray<string> checks, bool named, int seed, FindingSettings settings, Evidence evidence)
{
    private const string Construction = "construction";

    private readonly Evidence _read = evidence with { Read = evidence.Matched };

    public CheckOutcome Of(AssemblyJudgement judged)
    {
        var types = judged.Subjects.Keys.Union(judged.Unfit.Keys).Order(StringComparer.Ordinal).ToList();
        if (types.Count == 0 || (judged.Refusal is not null && judged.Ends.Count == 0))
            return CheckOutcome.Refused($"{target.Text}: {judged.Refusal ?? "nothing was judged"}", evidence);
        var parts = types.SelectMany(type => PartsOf(type, alone: types.Count == 1, judged)).ToList();
        if (judged.Left is { } left)
            parts[^1] = parts[^1] with { Outcome = Add(parts[^1].Outcome, new ReliabilityFindings(target.Text, seed).Left(left, settings)) };
        var refusals = parts.Where(static p => p.Outcome.Refusal is not null).Select(static p => $"{p.Instance}: {p.Outcome.Refusal}").ToList();
        return new CheckOutcome([.. parts.SelectMany(static p => p.Outcome.Findings)], _read, refusals.Count == 0 ? null : string.Join("; ", refusals)) { Parts = [.. parts] };
    }

    private IEnumerable<OutcomePart> PartsOf(string type, bool alone, AssemblyJudgement judged)
    {
        if (judged.Unfit.TryGetValue(type, out var unfit))
            return [Part(alone ? Construction : $"{type}/{Construction}", "Construction", Of(type, unfit))];
        var name = judged.Subjects[type];
        var findings = new ReliabilityFindings($"{target.Text} ({name})", seed);
        var ends = checks.Select(id => (id, end: judged.Ends.GetValueOrDefault(new JudgedCheck(type, id)))).ToList();
        var nothing = ends.All(static e => e.end?.Result?.Outcome == "skipped");
        return ends.Select(e => Of(findings, alone ? e.id : $"{name}/{e.id}", e.id, e.end, nothing, judged));
    }

    private OutcomePart Of(ReliabilityFindings findings, string instance, string id, CheckEnd? end, bool nothing, AssemblyJudgement judged)
    {
        var title = ReliabilityIds.All.Single(c => c.Id == id).Title;
        switch (end)
        {
            case null:
                return Part(instance, title, CheckOutcome.Refused($"{target.Text}: {judged.Refusal ?? "the companion did not come to it"}", evidence));
            case { Died: { } how }:
                return Part(instance, title, new CheckOutcome([findings.Ended(how, id, settings)], _read, Details: OutputDetails.Write(end.Output)));
            case { Result: { Outcome: "skipped" } skipped } when named || nothing:
                return Part(instance, title, CheckOutcome.Refused($"{target.Text}: {skipped.Reason}", evidence), skipped.DurationMs);
            case { Result: { Outcome: "skipped" } skipped }:
                return Part(instance, title, new CheckOutcome([], _read), skipped.DurationMs) with { Skipped = skipped.Reason };
            case { Result: { Outcome: "refused" } refused }:
                return Part(instance, title, CheckOutcome.Refused($"{target.Text}: {refused.Reason}", evidence), refused.DurationMs);
            default:
                var result = end.Result!;
                return Part(instance, title, new CheckOutcome([.. (result.Broken ?? []).Select(b => findings.Of(b, id, settings))], _read), result.DurationMs);
        }
    }

    private CheckOutcome Of(string type, UnfitType unfit)
    {
        var about = $"{target.Text} ({type})";
        return unfit.IsFault
            ? new CheckOutcome([new ReliabilityFindings(about, seed).Ended($"cannot be made: {unfit.Reason}", Construction, settings)], _read, Details: OutputDetails.Write(unfit.Output))
            : CheckOutcome.Refused($"{about}: {unfit.Reason}", evidence);
    }

    private static OutcomePart Part(string instance, string title, CheckOutcome outcome, double milliseconds = 0) =>
        new(instance, title, outcome, TimeSpan.FromMilliseconds(milliseconds));

    private static CheckOutcome Add(CheckOutcome outcome, Finding finding) => outcome with { Findings = outcome.Findings.Add(finding) };
}
