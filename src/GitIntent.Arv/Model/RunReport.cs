using System.Collections.Immutable;
using System.Text.Json;

namespace GitIntent.Arv.Model;

/// <summary>What a run came to. Immutable; reporters and the exit code see nothing else.</summary>
internal sealed record RunReport
{
    /// <summary>The tool's version, without build metadata.</summary>
    public required string ToolVersion { get; init; }

    public required string RunId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required RepositoryState Repository { get; init; }

    /// <summary><c>sha256:</c> and the digest of the plan.</summary>
    public required string Plan { get; init; }

    public required Verdict Verdict { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>Why the run as a whole is what it is, where no gate says it: "nothing was judged".</summary>
    public string? Reason { get; init; }

    /// <summary>In plan order.</summary>
    public required ImmutableArray<GateReport> Gates { get; init; }

    /// <summary>What happened that changes no verdict and that the user should know, each a sentence.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <param name="Commit">The checked-out commit, or null outside git.</param>
/// <param name="Dirty">Whether the tree differs from it; null outside git.</param>
internal sealed record RepositoryState(string? Commit, bool? Dirty);

internal sealed record GateReport
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Why it was refused or skipped.</summary>
    public string? Reason { get; init; }

    public required TimeSpan Duration { get; init; }

    public bool Cached { get; init; }

    /// <summary>Of its checks together; a path that several looked at counts once.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>In plan order.</summary>
    public required ImmutableArray<CheckReport> Checks { get; init; }

    /// <summary>By path, line, column, rule.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }
}

internal sealed record CheckReport
{
    /// <summary><c>check</c> or <c>check/instance</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Kind { get; init; }

    public required Verdict Verdict { get; init; }

    public string? Reason { get; init; }

    public required TimeSpan Duration { get; init; }

    public bool Cached { get; init; }

    public required Evidence Evidence { get; init; }

    public JsonElement? Details { get; init; }
}

/// <summary>Counts over a report.</summary>
internal sealed record Summary(VerdictCounts Gates, VerdictCounts Checks, int Errors, int Warnings, int Notes, int Suppressed)
{
    public static Summary Of(RunReport report)
    {
        var findings = report.Gates.SelectMany(static g => g.Findings).ToList();
        return new Summary(
            VerdictCounts.Of(report.Gates.Select(static g => g.Verdict)),
            VerdictCounts.Of(report.Gates.SelectMany(static g => g.Checks).Select(static c => c.Verdict)),
            Open(Severity.Error), Open(Severity.Warning), Open(Severity.Note),
            findings.Count(static f => f.Suppressed is not null));

        int Open(Severity severity) => findings.Count(f => f.Suppressed is null && f.Severity == severity);
    }
}

internal sealed record VerdictCounts(int Total, int Passed, int Failed, int Refused, int Skipped)
{
    public static VerdictCounts Of(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        return new VerdictCounts(all.Count, Count(Verdict.Passed), Count(Verdict.Failed), Count(Verdict.Refused), Count(Verdict.Skipped));

        int Count(Verdict verdict) => all.Count(v => v == verdict);
    }
}
