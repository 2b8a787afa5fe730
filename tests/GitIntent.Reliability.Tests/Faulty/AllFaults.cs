using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>A fault of any catalogue, with what makes a subject that has it.</summary>
public sealed record FaultCase(string Name, string Check, string Promise, string What, Func<ConformanceSubject> Make)
{
    /// <summary>Runs the check that has to find it, where that takes more than a subject.</summary>
    public Func<ConformanceCheck, ConformanceOptions, Task<ConformanceResult>>? Run { get; init; }

    public Task<ConformanceResult> RunAsync()
    {
        var (check, options) = (ConformanceSuite.Find(Check)!, new ConformanceOptions { CallTimeout = TimeSpan.FromSeconds(1) });
        return Run is null ? check.RunAsync(Make(), options) : Run(check, options);
    }

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
        .. DurableCatalogue.All.Select(static e => new FaultCase($"Durable.{e.Fault}", "crash-safety", e.Promise, e.What, () => new FileSubject(e.Fault))
        {
            // So many that every moment there is comes up.
            Run = (check, options) => FileSubject.RunAsync(check, e.Fault, options with { Kills = 60 }),
        }),
    ];
}
