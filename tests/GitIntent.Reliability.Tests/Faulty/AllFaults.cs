using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>A fault of any catalogue, with what makes a subject that has it.</summary>
public sealed record FaultCase(string Name, string Check, string Promise, string What, Func<ConformanceSubject> Make)
{
    /// <summary>Runs the check that has to find it, where that takes more than a subject.</summary>
    public Func<ConformanceCheck, ConformanceOptions, Task<ConformanceResult>>? Run { get; init; }

    /// <summary>Where only two threads or a kill that meet can show the fault: a run in which they do not is repeated, with another seed, twice at most.</summary>
    public static IReadOnlySet<string> ByChance { get; } = new HashSet<string>
    {
        "AcquireChecksThenSets", "AcquireUnsynchronised", "ExtendUnsynchronised", "ReleaseChecksThenDeletes", "ReleaseAlwaysYes", "HintAtOnce", "HintListensLate",
        "BeginChecksThenSets", "RenewUnsynchronised", "SaveUnsynchronised", "Observability.LineInTwoWrites", "Observability.UpdatesLost", "Durable.TruncatedFirst", "Durable.LogCut",
    };

    public async Task<ConformanceResult> RunAsync()
    {
        var check = ConformanceSuite.Find(Check)!;
        var last = ByChance.Contains(Name) ? 3 : 1;
        for (var seed = 1; ; seed++)
        {
            var options = new ConformanceOptions { CallTimeout = TimeSpan.FromSeconds(1), Seed = seed };
            var result = await (Run is null ? check.RunAsync(Make(), options) : Run(check, options));
            if (seed == last || result.Violations.Any(v => v.Promise.Name == Promise))
                return result;
        }
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
            // What chance has to hit is hit once in two kills or so.
            Run = (check, options) => FileSubject.RunAsync(check, e.Fault, options with { Kills = 60 }),
        }),
    ];
}
