using System.Globalization;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;
using GitIntent.Reliability.Tests.Processes;
using Xunit.Abstractions;

namespace GitIntent.Reliability.Tests.Conformance;

/// <summary>The check <c>crash-safety</c>, with this assembly as the process that is killed.</summary>
public sealed class CrashSafetyTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crash-").FullName;

    private static ConformanceCheck Check => ConformanceSuite.Find("crash-safety")!;

    /// <summary>How many processes are killed; the long proof: <c>ARV_KILLS=500 dotnet test tests/GitIntent.Reliability.Tests --filter FullyQualifiedName~CrashSafetyTests</c>.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("ARV_KILLS") ?? "24", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SQLite_passes(int seed)
    {
        using var subject = new SqliteSubject(Path.Combine(_folder, "state.db"));
        Passed(await Check.RunAsync(subject, new ConformanceOptions { Seed = seed, Kills = Kills, Child = job => new ChildCommand(Spawn.Dotnet, "exec", Spawn.Assembly, "crash-sqlite", subject.Folder, job) }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_store_of_files_that_are_replaced_by_renames_passes(int seed) => Passed(await FileSubject.RunAsync(Check, null, new ConformanceOptions { Seed = seed, Kills = Kills }));

    [Fact]
    public async Task What_does_not_outlive_its_process_is_skipped_and_says_so() =>
        (await Check.RunAsync(new MemorySubject(), new ConformanceOptions { Child = static _ => throw new InvalidOperationException() }))
            .SkipReason.ShouldBe("the subject is not durable: nothing of it outlives its process");

    [Fact]
    public async Task A_durable_subject_that_nobody_can_kill_is_refused_and_not_verified()
    {
        const string why = "the subject is durable, and nobody said how a child process is started that can be killed: ConformanceOptions.Child";
        var result = await Check.RunAsync(new FileSubject());
        result.Outcome.ShouldBe(ConformanceOutcome.Refused);
        result.Refusal.ShouldBe(why);
        (await Should.ThrowAsync<ConformanceException>(() => ConformanceSuite.VerifyAsync(new OnlyDurable()))).Message.ShouldContain(why);
    }

    [Theory]
    [InlineData("no-such-program-anywhere", "the child process cannot be started: ")]
    [InlineData("dotnet", "it did not come to ConformanceChild.RunAsync")]
    public async Task A_process_that_does_not_come_to_the_subject_refuses_the_check(string program, string why)
    {
        var options = new ConformanceOptions { Location = _folder, Child = _ => new ChildCommand(program, "--version") };
        var result = await Check.RunAsync(new FileSubject(), options);
        result.Outcome.ShouldBe(ConformanceOutcome.Refused);
        result.Refusal.ShouldNotBeNull().ShouldContain(why);
        result.Violations.ShouldBeEmpty();
        (await Should.ThrowAsync<ConformanceException>(() => ConformanceSuite.VerifyAsync(new OnlyDurable(), options))).Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_violation_shows_the_calls_of_the_dead_and_what_the_next_process_finds()
    {
        var result = await FileSubject.RunAsync(Check, DurableFault.ReleaseRemembered, new ConformanceOptions());
        result.Violations.ShouldHaveSingleItem().ToString().ShouldBe(
            """
            killed-lock-kept: A lock that was acquired, extended or released before its process was killed is so after it.
              After the kill there is held until 90.000 s, number 2; what was acknowledged is nothing.
            #  from     to       caller  call                  result
            1  0.000 s  0.000 s  A       acquire p-b for 90 s  number 2
            2  0.000 s  0.000 s  A       release p-b           true
            3  0.000 s  0.000 s  A       is killed
            4  0.000 s  0.000 s  B       get p-b               holder-A, fence 2, until 90.000 s

            """);
        result.Skipped.ShouldContain(static s => s.Reason == "a kill has broken another promise, so no more processes were killed");
    }

    private void Passed(ConformanceResult result)
    {
        string.Join('\n', result.Violations).ShouldBeEmpty();
        result.Refusal.ShouldBeNull();
        result.Skipped.ShouldBeEmpty();
        result.Outcome.ShouldBe(ConformanceOutcome.Passed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Calls} calls of processes that were killed, and of those that came after them"));
    }

    private sealed class OnlyDurable : ConformanceSubject
    {
        public override string Name => "only-durable";

        public override bool Durable => true;
    }
}
