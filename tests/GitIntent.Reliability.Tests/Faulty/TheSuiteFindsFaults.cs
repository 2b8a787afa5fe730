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

    /// <summary>Why no fault of an implementation's own can break a promise. Only a change of the library can: its own tests, and mutations of it, are there for that.</summary>
    private static readonly Dictionary<string, string> s_unbreakable = new()
    {
        ["refused-at-the-door"] = "The base class checks everything before the store is asked.",
        ["same-operation-same-key"] = "Keys are made by the library alone; what a store makes of them is broken by other promises' faults.",
        ["key-form"] = "Keys are made by the library alone.",
        ["input-refused"] = "Inputs are read by the library alone.",
        ["scope-error-passes"] = "Bodies are run by the base class.",
        ["disposed-once"] = "A handle asks the store once, whatever it answers.",
        ["lost-token-from-send"] = "The handle reckons by the library's monotonic clock from the moment of sending; the store has no part in it.",
        ["renewal-ends"] = "Renewal is the handle's.",
        ["wait-for-extended"] = "The base class asks again when the lease that it knows of has ended.",
        ["first-come-first-served"] = "The queue of a process is the base class's.",
        ["wait-for-outcome-deadline"] = "Who waits is bounded by the base class.",
        ["lost-execution-told"] = "The execution reckons by the library's monotonic clock.",
        ["store-error-no-failure"] = "The base class tells a store's failure from the operation's.",
        ["checkpoint-copies"] = "Checkpoints reach the store as text.",
    };

    /// <summary>A promise that nothing breaks proves nothing.</summary>
    [Fact]
    public void Every_promise_has_a_fault_or_a_reason_why_there_can_be_none()
    {
        var broken = AllFaults.All.Select(static f => f.Promise).ToHashSet();
        ConformanceSuite.Checks.SelectMany(static c => c.Promises).Select(static p => p.Name).Where(p => !broken.Contains(p)).ShouldBe(s_unbreakable.Keys, ignoreOrder: true);
    }
}
