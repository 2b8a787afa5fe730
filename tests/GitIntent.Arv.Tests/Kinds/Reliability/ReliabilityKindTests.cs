using System.Text.Json;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

public sealed class ReliabilityKindTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private KindRun Kind => new(new ReliabilityKind(), _folder);

    [Fact]
    public void The_ids_and_titles_are_those_of_the_suite() =>
        ReliabilityIds.All.ShouldBe(ConformanceSuite.Checks.Select(static c => (c.Id, c.Title)));

    [Fact]
    public void A_check_has_a_part_for_each_check_of_each_target()
    {
        Kind.Read("targets: [\"memory:\"]").Parts.Select(static p => p.Instance).ShouldBe(ReliabilityIds.All.Select(static c => c.Id));
        Kind.Read("targets: [\"memory:\", \"sqlite:a.db\"]\nchecks: [error-types, lock-acquisition]").Parts.Select(static p => p.Instance)
            .ShouldBe(["memory/lock-acquisition", "memory/error-types", "sqlite/lock-acquisition", "sqlite/error-types"]);
        Kind.Read("targets: [\"sqlite:a.db\", \"sqlite:b.db\"]\nchecks: [error-types]").Parts.Select(static p => p.Instance)
            .ShouldBe(["sqlite:a.db/error-types", "sqlite:b.db/error-types"]);
    }

    [Fact]
    public void Memory_and_sqlite_pass_and_say_that_they_are_nothing_of_the_repository()
    {
        var outcome = Kind.Run("targets: [\"memory:\", \"sqlite:a.db\"]\nchecks: [lock-acquisition]\nseed: 7");
        outcome.Findings.ShouldBeEmpty();
        outcome.Refusal.ShouldBeNull();
        outcome.Evidence.LeftOut.ShouldBe([new LeftOut("memory:", LeftOutReasons.OwnStore), new LeftOut("sqlite:a.db", LeftOutReasons.OwnStore)]);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("redis://me:hunter2@host", "redis://me:[redacted]@host: targets of the scheme redis are not yet available; expected memory:, sqlite:PATH or assembly:PATH")]
    public void A_target_that_cannot_be_judged_refuses_the_check(string target, string reason) =>
        Kind.Run($"targets: [\"{target}\"]\nchecks: [error-types]").Refusal.ShouldBe(reason);

    [Fact]
    public void A_file_that_is_no_store_refuses_the_check_and_stays_as_it_is()
    {
        _folder.Write("a.db", "this is no database, and long enough to be looked at as one: " + new string('x', 4096));
        var before = File.ReadAllBytes(Path.Combine(_folder.Path, "a.db"));
        Kind.Run("targets: [\"sqlite:a.db\"]\nchecks: [error-types]").Refusal.ShouldNotBeNull().ShouldStartWith("sqlite: ");
        File.ReadAllBytes(Path.Combine(_folder.Path, "a.db")).ShouldBe(before);
        Kind.Run("targets: [\"sqlite:nowhere/a.db\"]\nchecks: [error-types]").Refusal.ShouldNotBeNull().ShouldEndWith("does not exist");
    }

    [Fact]
    public void Mistakes_are_named_at_their_place()
    {
        Kind.Mistakes("targets: [\"memory\"]").ShouldContain("reliability: targets: ");
        Kind.Mistakes("targets: [\"memory:?tenant=x\"]").ShouldContain("takes no keys");
        Kind.Mistakes("targets: [\"memory:\"]\nchecks: [lock-aquisition]").ShouldContain("lock-acquisition");
        Kind.Mistakes("targets: [\"memory:\"]\nseed: -1").ShouldContain("expected a whole number from 0");
        Kind.Mistakes("checks: [error-types]").ShouldContain("targets");
    }

    [Fact]
    public async Task A_broken_promise_keeps_its_history_in_the_details()
    {
        var result = await ConformanceSuite.Find("error-types")!.RunAsync(new Forgetful());
        var violation = result.Violations.Single(static v => v.Promise.Name == "exit-codes");
        var details = HistoryDetails.Write(BrokenPromise.Of(violation), 7);
        details.GetProperty("promise").GetString().ShouldBe("exit-codes");
        details.GetProperty("seed").GetInt32().ShouldBe(7);
        var call = details.GetProperty("history").EnumerateArray().Last();
        call.GetProperty("call").GetString().ShouldBe("exit code of RATE_LIMITED");
        call.GetProperty("result").GetString().ShouldBe("0");
        call.GetProperty("overlaps").ValueKind.ShouldBe(JsonValueKind.Array);
    }

    private sealed class Forgetful : ConformanceSubject
    {
        public override string Name => "forgetful";

        public override GitIntent.Reliability.IErrorTaxonomy Errors { get; } = new Zero();

        private sealed class Zero : GitIntent.Reliability.IErrorTaxonomy
        {
            public bool IsRetryable(Exception? exception) => false;

            public int ToExitCode(Exception? exception) => 0;

            public GitIntent.Reliability.GwiException Wrap(Exception exception, GitIntent.Reliability.ErrorDetails? details = null) => new(GitIntent.Reliability.ErrorCode.InternalError, "");

            public GitIntent.Reliability.AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null) => throw new NotSupportedException();
        }
    }
}
