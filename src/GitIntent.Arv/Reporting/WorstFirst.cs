using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>A finding with the gate that made it.</summary>
internal readonly record struct GateFinding(string Gate, Finding Finding);

/// <summary>The order for places that take only so many: what is open before what is suppressed, errors before warnings before notes.</summary>
internal static class WorstFirst
{
    /// <summary>Of equal ones the report's order is kept.</summary>
    public static IReadOnlyList<GateFinding> Of(RunReport report) =>
    [
        .. report.Gates
            .SelectMany(static g => g.Findings.Select(f => new GateFinding(g.Id, f)))
            .OrderBy(static f => f.Finding.Suppressed is not null)
            .ThenByDescending(static f => f.Finding.Severity),
    ];
}
