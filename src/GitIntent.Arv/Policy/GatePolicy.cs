using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Running;

namespace GitIntent.Arv.Policy;

/// <summary>From what the checks of a gate found to what the report says of it, without secrets.</summary>
internal sealed class GatePolicy(bool strict, Redaction redaction)
{
    public GateReport Judge(PlannedGate gate, ImmutableArray<CheckResult> results)
    {
        var checks = results.Select(Report).ToImmutableArray();
        var verdict = checks.Max(static c => c.Verdict);
        return redaction.Of(new GateReport
        {
            Id = gate.Id,
            Title = gate.Title,
            Verdict = verdict,
            Reason = verdict is Verdict.Refused or Verdict.Skipped ? Reason(checks, verdict) : null,
            Duration = checks.Aggregate(TimeSpan.Zero, static (sum, c) => sum + c.Duration),
            Evidence = GateEvidence.Of(checks),
            Checks = checks,
            Findings = Findings(results),
        });
    }

    /// <summary>A check's verdict once the policy has spoken.</summary>
    public Verdict Judge(CheckResult result) =>
        strict && result.Findings.Any(static f => f.Severity == Severity.Warning) ? Verdict.Failed : result.Verdict;

    public CheckReport Report(CheckResult result) => redaction.Of(new CheckReport
    {
        Id = result.Instance.Id,
        Title = result.Instance.Check.Title,
        Kind = result.Instance.Check.Kind,
        Verdict = Judge(result),
        Reason = result.Reason,
        Duration = result.Duration,
        Evidence = result.Evidence,
        Details = result.Details,
    });

    /// <summary>A check's id as it may be shown.</summary>
    public string Shown(CheckInstance instance) => redaction.Of(instance.Id);

    /// <summary>The reasons of the checks that made the verdict: one where they agree, else each with its check.</summary>
    private static string? Reason(ImmutableArray<CheckReport> checks, Verdict verdict)
    {
        var reasons = checks.Where(c => c.Verdict == verdict).ToList();
        var distinct = reasons.Select(static c => c.Reason).Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : string.Join("; ", reasons.Select(static c => $"{c.Id}: {c.Reason}"));
    }

    /// <summary>By path, line, column, rule; the fingerprint counts occurrences in this order.</summary>
    private ImmutableArray<Finding> Findings(ImmutableArray<CheckResult> results)
    {
        var found = new List<Found>(results.Sum(static r => r.Findings.Length));
        foreach (var result in results)
        {
            foreach (var finding in result.Findings)
                found.Add(new Found(finding, result.Instance.Id, found.Count));
        }
        found.Sort();
        var occurrences = new Occurrences();
        var numbered = ImmutableArray.CreateBuilder<NumberedFinding>(found.Count);
        foreach (var (finding, check, _) in found)
            numbered.Add(new NumberedFinding(finding, check, occurrences.Next(finding)));
        return redaction.Of(numbered.MoveToImmutable());
    }

    /// <param name="Index">Where it came: what is equal in all else stays in order.</param>
    private readonly record struct Found(Finding Finding, string Check, int Index) : IComparable<Found>
    {
        public int CompareTo(Found other)
        {
            var (a, b) = (Finding.Span, other.Finding.Span);
            if (string.CompareOrdinal(Finding.Path, other.Finding.Path) is not 0 and var path)
                return path;
            if ((a.Line, a.Column).CompareTo((b.Line, b.Column)) is not 0 and var place)
                return place;
            if (string.CompareOrdinal(Finding.Rule, other.Finding.Rule) is not 0 and var rule)
                return rule;
            if (string.CompareOrdinal(Check, other.Check) is not 0 and var check)
                return check;
            if ((a.EndLine, a.EndColumn).CompareTo((b.EndLine, b.EndColumn)) is not 0 and var end)
                return end;
            return string.CompareOrdinal(Finding.Message, other.Finding.Message) is not 0 and var message ? message : Index.CompareTo(other.Index);
        }
    }
}
