using GitIntent.Reliability.Conformance;

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
        var result = await check.RunAsync(fault.Make(), new ConformanceOptions { CallTimeout = TimeSpan.FromSeconds(1) });
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
        AllFaults.All.Select(static f => f.Name).ShouldBeUnique();
    }

    /// <summary>Every promise about what is no store is broken by a fault: a check that cannot fail proves nothing.</summary>
    [Theory]
    [InlineData("audit-events")]
    [InlineData("structured-logging")]
    [InlineData("trace-context")]
    [InlineData("metrics")]
    public void Every_promise_has_a_fault(string check) =>
        ConformanceSuite.Find(check)!.Promises.Select(static p => p.Name).Except(AllFaults.All.Where(f => f.Check == check).Select(static f => f.Promise)).ShouldBeEmpty();
}
