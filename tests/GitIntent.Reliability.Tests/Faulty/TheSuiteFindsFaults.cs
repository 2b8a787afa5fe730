using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Faulty;

public sealed class TheSuiteFindsFaults
{
    public static TheoryData<Fault> Faults => [.. Catalogue.All.Select(static e => e.Fault)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found_through_the_check_that_owns_the_promise(Fault fault)
    {
        var entry = Catalogue.All.Single(e => e.Fault == fault);
        var check = ConformanceSuite.Find(entry.Check).ShouldNotBeNull();
        check.Promises.ShouldContain(p => p.Name == entry.Promise);
        var result = await check.RunAsync(new FaultySubject(fault.ToString(), fault), new ConformanceOptions { CallTimeout = TimeSpan.FromSeconds(3) });
        result.Outcome.ShouldBe(ConformanceOutcome.Failed, entry.What);
        result.Violations.Select(static v => v.Promise.Name).ShouldContain(entry.Promise, entry.What);
        result.Violations.ShouldAllBe(static v => v.What.Length > 0 && v.Promise.Sentence.Length > 0);
    }

    [Fact]
    public void Every_fault_is_in_the_catalogue_once() => Catalogue.All.Select(static e => e.Fault).ShouldBe(Enum.GetValues<Fault>());
}
