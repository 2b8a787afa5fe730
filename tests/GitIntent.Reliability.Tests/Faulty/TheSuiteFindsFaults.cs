using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;

namespace GitIntent.Reliability.Tests.Faulty;

public sealed class TheSuiteFindsFaults
{
    public static TheoryData<string> Faults => [.. AllFaults.All.Select(static f => f.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found_through_the_check_that_owns_the_promise(string name)
    {
        var fault = AllFaults.All.Single(f => f.Name == name);
        var check = ConformanceSuite.Find(fault.Check).ShouldNotBeNull();
        check.Promises.ShouldContain(p => p.Name == fault.Promise);
        var result = await fault.RunAsync();
        result.Outcome.ShouldBe(ConformanceOutcome.Failed, fault.What);
        result.Violations.Select(static v => v.Promise.Name).ShouldContain(fault.Promise, fault.What);
        result.Violations.ShouldAllBe(static v => v.What.Length > 0 && v.Promise.Sentence.Length > 0);
    }

    [Fact]
    public void Every_fault_is_in_its_catalogue_once()
    {
        Catalogue.All.Select(static e => e.Fault).ShouldBe(Enum.GetValues<Fault>());
        FaultyAudit.All.Select(static e => e.Fault).ShouldBe(Enum.GetValues<AuditFault>());
        FaultyObservabilityCatalogue.All.Select(static e => e.Fault).ShouldBe(Enum.GetValues<ObservabilityFault>());
        DurableCatalogue.All.Select(static e => e.Fault).ShouldBe(Enum.GetValues<DurableFault>());
        AllFaults.All.Select(static f => f.Name).ShouldBeUnique();
    }

    /// <summary>
    /// What the base classes of the library do for every store, however its core is made: no store can break it, only a change of the library. Each of them is
    /// here because no fault of a store's own could be found.
    /// </summary>
    private static readonly string[] s_keptByTheLibrary =
    [
        "scope-error-passes", "disposed-once", "lost-token-from-send", "renewal-ends", "wait-for-extended", "first-come-first-served",
        "wait-for-outcome-deadline", "lost-execution-told", "store-error-no-failure", "checkpoint-copies",
    ];

    /// <summary>A promise that nothing breaks proves nothing. (Some of the first eight checks' older promises are only proved by the faults of others.)</summary>
    [Fact]
    public void Every_promise_of_the_further_checks_has_a_fault()
    {
        var broken = AllFaults.All.Select(static f => f.Promise).ToHashSet();
        ConformanceSuite.Checks.Skip(8).SelectMany(static c => c.Promises).Select(static p => p.Name).Where(p => !broken.Contains(p)).ShouldBe(s_keptByTheLibrary, ignoreOrder: true);
    }
}
