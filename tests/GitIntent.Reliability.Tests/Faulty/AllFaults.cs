using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>A fault of any catalogue, with what makes a subject that has it.</summary>
public sealed record FaultCase(string Name, string Check, string Promise, string What, Func<ConformanceSubject> Make)
{
    public override string ToString() => Name;
}

/// <summary>The faults of all catalogues. The one place that lists them.</summary>
internal static class AllFaults
{
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. Catalogue.All.Select(static e => new FaultCase($"{e.Fault}", e.Check, e.Promise, e.What, () => new FaultySubject($"{e.Fault}", e.Fault))),
        .. FaultyAudit.All.Select(static e => new FaultCase($"Audit.{e.Fault}", "audit-events", e.Promise, e.What, () => new PartialSubject($"{e.Fault}", new FaultyAudit(e.Fault)))),
        .. FaultyObservabilityCatalogue.All.Select(static e => new FaultCase($"Observability.{e.Fault}", e.Check, e.Promise, e.What, () => new PartialSubject($"{e.Fault}", observability: time => new PlainObservability(time, e.Fault)))),
    ];
}
