using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Conformance;

public sealed class SuiteOnCorrectSubjects
{
    /// <summary>Those that need no process of their own: for the other one see <see cref="CrashSafetyTests"/>.</summary>
    public static TheoryData<string> Ids => [.. ConformanceSuite.Checks.Select(static c => c.Id).Where(static id => id != "crash-safety")];

    [Fact]
    public void The_seeds_eight_checks_come_first_in_their_order() => ConformanceSuite.Checks.Take(8).Select(static c => c.Title).ShouldBe(
    [
        "Lock acquisition", "Lock expiration", "Concurrent locking", "Idempotency key generation", "Idempotency execution", "Resume analysis", "Error types", "Error pattern detection",
    ]);

    [Fact]
    public void Ids_are_kebab_case_and_promises_have_one_sentence_each()
    {
        foreach (var check in ConformanceSuite.Checks)
        {
            check.Id.ShouldBe(check.Title.ToLowerInvariant().Replace(' ', '-'));
            check.Promises.ShouldAllBe(static p => p.Sentence.EndsWith('.'));
        }

        ConformanceSuite.Checks.SelectMany(static c => c.Promises).Select(static p => p.Name).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Memory_keeps_every_promise_over_many_seeds(string id)
    {
        for (var seed = 1; seed <= Seeds(20); seed++)
            await PassesAsync(new MemorySubject(), id, seed);
    }

    /// <summary>The seed makes a plan whose calls would all overlap where each answers later.</summary>
    [Fact]
    public async Task A_history_that_is_one_long_burst_is_judged_in_time() =>
        await PassesAsync(new Faulty.FaultySubject("answers later") { Later = true }, "linearizability", 239);

    [Fact]
    public async Task One_line_verifies_a_subject() => await ConformanceSuite.VerifyAsync(new MemorySubject());

    [Fact]
    public async Task A_subject_that_offers_nothing_is_not_verified()
    {
        var results = await ConformanceSuite.RunAsync(new Nothing());
        results.ShouldAllBe(static r => r.Outcome == ConformanceOutcome.Skipped || r.Check.Id == "idempotency-key-generation");
        results[0].SkipReason.ShouldBe("the subject offers no locks");
    }

    /// <summary>How many seeds a plain run takes; all of them: <c>ARV_SEEDS=1000 dotnet test tests/GitIntent.Reliability.Tests --filter FullyQualifiedName~Conformance</c>.</summary>
    internal static int Seeds(int plain) => int.Parse(Environment.GetEnvironmentVariable("ARV_SEEDS") ?? $"{plain}", System.Globalization.CultureInfo.InvariantCulture);

    internal static async Task PassesAsync(ConformanceSubject subject, string id, int seed)
    {
        var result = await ConformanceSuite.Find(id)!.RunAsync(subject, new ConformanceOptions { Seed = seed });
        string.Join('\n', result.Violations).ShouldBeEmpty($"{subject.Name}, seed {seed}");
        result.Skipped.ShouldBeEmpty();
        result.Outcome.ShouldBe(ConformanceOutcome.Passed);
        result.Calls.ShouldBeGreaterThan(0);
    }

    private sealed class Nothing : ConformanceSubject
    {
        public override string Name => "nothing";
    }
}
