using System.Text.Json;
using GitIntent.Reliability.Tests.Stores;
using static GitIntent.Reliability.Tests.Resume.Runs;

namespace GitIntent.Reliability.Tests.Resume;

public class MemoryCheckpoints : CheckpointConformance<MemoryUnderTest>;

/// <summary>What every store's checkpoints hold.</summary>
public abstract class CheckpointConformance<TStore> : IAsyncLifetime
    where TStore : StoreUnderTest, new()
{
    protected TStore Store { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task A_checkpoint_comes_back_as_it_was()
    {
        var manager = Store.Checkpoints();
        var saved = await manager.CreateAsync(Of("dsfp", RunStatus.Failed, 7) with { Attempt = 2 }, new Dictionary<string, JsonElement> { ["s0"] = Json("""{"n":0,"t":"ä😀"}""") }, CheckpointReason.Crash);
        var read = (await Store.Checkpoints().GetAsync("run")).ShouldNotBeNull();
        (read.RunId, read.Tenant, read.Version, read.RunRevision, read.Attempt, read.Status, read.Reason).ShouldBe(("run", "default", saved.Version, 7L, 2, RunStatus.Failed, CheckpointReason.Crash));
        (read.FailedStepId, read.NextStepIndex, read.NextStep!.Name, read.CheckpointedAt).ShouldBe(("s2", 2, "coder", Store.Time.GetUtcNow()));
        read.DoneSteps.ShouldBe(["s0", "s1"]);
        read.Steps.ShouldBe(saved.Steps);
        JsonElement.DeepEquals(read.Artifacts["s0"], saved.Artifacts["s0"]).ShouldBeTrue();
        saved.Version.ShouldBePositive();
    }

    [Fact]
    public async Task Of_two_who_go_on_from_the_same_one_the_second_is_told()
    {
        var manager = Store.Checkpoints();
        var first = await manager.CreateAsync(Of("dpp"));
        var mine = await manager.CreateAsync(Of("ddp"), previous: first);
        mine.Version.ShouldBeGreaterThan(first.Version);
        var e = await Should.ThrowAsync<CheckpointConflictException>(async () => await Store.Checkpoints().CreateAsync(Of("dpp"), previous: first));
        (e.ExpectedVersion, e.CurrentVersion, ErrorTaxonomy.ToExitCode(e)).ShouldBe((first.Version, mine.Version, 22));
        await Should.ThrowAsync<CheckpointConflictException>(async () => await manager.CreateAsync(Of("dpp")));
        (await manager.GetAsync("run"))!.Version.ShouldBe(mine.Version);
    }

    [Fact]
    public async Task A_version_is_never_given_twice_even_after_a_delete()
    {
        var manager = Store.Checkpoints();
        var first = await manager.CreateAsync(Of("dpp"));
        (await manager.DeleteAsync("run")).ShouldBeTrue();
        (await manager.DeleteAsync("run")).ShouldBeFalse();
        (await manager.GetAsync("run")).ShouldBeNull();
        (await manager.CreateAsync(Of("dpp"))).Version.ShouldBeGreaterThan(first.Version);
        await Should.ThrowAsync<CheckpointConflictException>(async () => await manager.SaveAsync(first));
        (await manager.DeleteAsync("run", first.Version)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_parallel_saves_one_wins_each_round()
    {
        var managers = Enumerable.Range(0, 4).Select(_ => Store.Checkpoints()).ToArray();
        RunCheckpoint? current = null;
        for (var round = 0; round < 5; round++)
        {
            var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                try
                {
                    return await managers[i % 4].CreateAsync(Of("dp"), previous: current);
                }
                catch (CheckpointConflictException)
                {
                    return null;
                }
            })));
            current = saves.Single(s => s is not null);
        }
    }

    [Fact]
    public async Task Lists_and_tenants()
    {
        var acme = Store.Checkpoints("acme");
        foreach (var run in new[] { "b", "a", "C" })
            await acme.CreateAsync(Of("dp") with { RunId = run, Tenant = "acme" });
        await acme.CreateAsync(Of("dp") with { RunId = "a" });
        (await acme.ListAsync()).Select(c => c.RunId).ShouldBe(["C", "a", "b"]);
        (await acme.ListAsync("default")).Count.ShouldBe(1);
        (await Store.Checkpoints().GetAsync("b")).ShouldBeNull();
        (await acme.DeleteAsync("a")).ShouldBeTrue();
        (await Store.Checkpoints().GetAsync("a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_kept_does_not_change_with_what_was_handed_in_or_out()
    {
        var manager = Store.Checkpoints();
        var artifacts = new Dictionary<string, JsonElement> { ["s0"] = Json("1") };
        await manager.CreateAsync(Of("dp"), artifacts);
        artifacts["s0"] = Json("2");
        (await manager.GetAsync("run"))!.Artifacts["s0"].GetRawText().ShouldBe("1");
    }

    [Fact]
    public async Task A_run_or_artifact_that_is_not_acceptable_is_refused()
    {
        var manager = Store.Checkpoints();
        await Should.ThrowAsync<GwiValidationException>(async () => await manager.CreateAsync(Of("dp") with { RunId = "a\0" }));
        await Should.ThrowAsync<GwiValidationException>(async () => await manager.CreateAsync(Of("dp"), new Dictionary<string, JsonElement> { ["s1"] = Json("1") }));
        await Should.ThrowAsync<GwiValidationException>(async () => await manager.CreateAsync(Of("dp"), new Dictionary<string, JsonElement> { ["s0"] = default }));
        (await manager.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_goes_on_from_its_checkpoint_in_another_process()
    {
        await Store.Checkpoints().CreateAsync(Of("ddp", revision: 3));
        var fresh = Of("ppp");
        var result = ResumeAnalyzer.Instance.Analyze(fresh, await Store.Checkpoints().GetAsync("run"));
        (result.StartIndex, result.Artifacts.Count).ShouldBe((2, 2));
    }
}
