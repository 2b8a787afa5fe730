using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty;

namespace GitIntent.Reliability.Tests.Conformance;

public sealed class WhatAViolationShows
{
    [Fact]
    public async Task Name_sentence_what_happened_and_the_calls_with_their_times()
    {
        var violation = await ViolationAsync(Fault.ExtendRevives, "lock-expiration", "never-revived");
        violation.ToString().ShouldBe(
            """
            never-revived: Extend never revives an expired lock, not even when nobody else has taken it.
              An expired lock was extended.
            #  from      to        caller  call                                    result
            1  0.000 s   0.000 s   A       acquire run-1 for 60 s                  acquired, fence 1, until 60.000 s
            2  60.000 s  60.000 s  clock   60 s pass
            3  60.000 s  60.000 s  A       extend run-1 to 60 s, by its own token  true

            """);
    }

    [Fact]
    public async Task A_random_history_is_shortened_to_what_breaks()
    {
        var violation = await ViolationAsync(Fault.ExtendRevives, "linearizability", "linearizable-locks");
        violation.History.Count.ShouldBeInRange(3, 6, violation.ToString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_history()
    {
        var first = await ViolationAsync(Fault.HeldAtExpiry, "linearizability", "linearizable-locks");
        var second = await ViolationAsync(Fault.HeldAtExpiry, "linearizability", "linearizable-locks");
        second.ToString().ShouldBe(first.ToString());
    }

    [Fact]
    public async Task A_subject_that_never_answers_breaks_the_promise_that_is_tried()
    {
        var result = await ConformanceSuite.Find("error-types")!.RunAsync(new Hanging(), new ConformanceOptions { CallTimeout = TimeSpan.FromMilliseconds(20) });
        result.Violations.ShouldContain(static v => v.What.StartsWith("It did not come to an end", StringComparison.Ordinal));
    }

    private static async Task<Violation> ViolationAsync(Fault fault, string check, string promise) =>
        (await ConformanceSuite.Find(check)!.RunAsync(new FaultySubject(fault.ToString(), fault))).Violations.Single(v => v.Promise.Name == promise);

    private sealed class Hanging : ConformanceSubject
    {
        public override string Name => "hanging";

        public override IErrorTaxonomy Errors
        {
            get
            {
                new ManualResetEventSlim().Wait(TimeSpan.FromSeconds(1));
                throw new InvalidOperationException("too late");
            }
        }
    }
}
