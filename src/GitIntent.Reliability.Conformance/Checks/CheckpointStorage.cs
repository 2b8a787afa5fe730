using GitIntent.Reliability.Conformance.Scenes;
using static GitIntent.Reliability.Conformance.Checks.Runs;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>The store of checkpoints.</summary>
internal static partial class CheckpointStorage
{
    public static ConformanceCheck Check { get; } = new("checkpoint-storage", "Checkpoint storage",
    [
        new("checkpoint-round-trip", "A saved checkpoint is read back as it was saved, by every process.", RoundTrip),
        new("checkpoint-compare-and-set", "Of two who save over the same checkpoint, the second is refused; versions grow, also across a delete.", CompareAndSet),
        new("checkpoint-of-its-run", "A checkpoint belongs to its tenant and run: no other sees, replaces or deletes it.", OfItsRun),
        new("checkpoint-deleted", "A checkpoint is deleted once, and only in the version that was asked for.", Delete),
        new("checkpoint-exact", "Artifacts are kept to the last digit and character, and nothing at all is something else than null.", Exact),
        new("checkpoint-chain", "However often a run's checkpoint is replaced, the last one is there, and versions only grow.", Chain),
        new("checkpoint-runs-apart", "Runs and tenants with different ids, however alike, have different checkpoints.", RunsApart),
        new("checkpoint-list", "The list has every checkpoint of the tenant and no other, by run id in ordinal order, and agrees with the look-up.", Listing),
        new("checkpoint-copies", "What is saved and read is a copy: changing it afterwards changes nothing that is kept.", Copies),
        new("checkpoint-keeps", "A checkpoint does not expire: it is there until it is replaced or deleted.", Keeps),
        new("checkpoint-resumes", "A checkpoint that is read back resumes its run, and is refused for another definition.", Resumes),
    ]);

    private static async Task RoundTrip(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        s.Same(await GetAsync(s, a, "run-1"), null, "The checkpoint before any was saved");
        var run = Run(("a", StepStatus.Completed, """{"é":[false,0,"",null]}"""), ("b", StepStatus.Skipped, null), ("c", StepStatus.Failed, null)) with { Attempt = 3 };
        run = run with { Steps = [run.Steps[0] with { InputHash = "abc" }, run.Steps[1], run.Steps[2]] };
        var saved = await SaveAsync(s, a, RunCheckpoint.Of(run, null, CheckpointReason.Crash));
        var read = await GetAsync(s, b, "run-1");
        s.Holds(read is not null, "The second process finds no checkpoint.");
        s.Same((read.RunId, read.Tenant, read.Version, read.RunRevision, read.Attempt, read.DefinitionFingerprint, read.Status, read.Reason, read.CheckpointedAt),
            (saved.RunId, saved.Tenant, saved.Version, 5, 3, saved.DefinitionFingerprint, RunStatus.Failed, CheckpointReason.Crash, saved.CheckpointedAt), "The checkpoint");
        s.Same(string.Join(" ", read.Steps.Select(static x => $"{x.Id}/{x.Name}/{x.Status}/{x.InputHash}")), "a/agent-a/Completed/abc b/agent-b/Skipped/ c/agent-c/Failed/", "The steps");
        s.Same(Text(read.Artifacts), """a={"é":[false,0,"",null]}""", "The artifacts");
        s.Same((read.FailedStepId, read.NextStepIndex), ("c", 2), "The failed step, and the next one");
    }

    private static async Task CompareAndSet(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        var first = await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps));
        s.Holds(first.Version > 0, "The version of the first checkpoint is not positive.");
        await ConflictAsync(s, b, RunCheckpoint.Of(ThreeSteps with { Revision = 6 }), first.Version, "There is one already");
        var second = await SaveAsync(s, b, RunCheckpoint.Of(ThreeSteps with { Revision = 7 }, previous: first));
        s.Holds(second.Version > first.Version, $"The version {second.Version} is not greater than {first.Version}.");
        await ConflictAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Revision = 8 }, previous: first), second.Version, "Another one has replaced it");
        await ConflictAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Revision = 8 }) with { Version = second.Version + 1 }, second.Version, "There never was such a version");
        s.Same((await GetAsync(s, a, "run-1"))?.RunRevision, 7, "The revision of the checkpoint that is kept");
        await DeleteAsync(s, a, "run-1");
        await ConflictAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Revision = 9 }, previous: second), 0, "It was deleted");
        var third = await SaveAsync(s, b, RunCheckpoint.Of(ThreeSteps));
        s.Holds(third.Version > second.Version, $"The version {third.Version} after a delete is not greater than {second.Version}.");
        var racers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await SaveAsync(s, i % 2 == 0 ? a : b, RunCheckpoint.Of(ThreeSteps with { Revision = 20 + i }, previous: third));
                return 1;
            }
            catch (CheckpointConflictException)
            {
                return 0;
            }
        }));
        s.Same(racers.Sum(), 1, "How many of 4 who save over the same checkpoint at the same time succeed");
    }

    private static async Task OfItsRun(Scene s)
    {
        var a = await s.CheckpointsAsync();
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps));
        s.Same(await GetAsync(s, a, new RunKey("run-1", "acme")), null, "The checkpoint of the same run of another tenant");
        s.Same(await GetAsync(s, a, "RUN-1"), null, "The checkpoint of a run with another id");
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Tenant = "acme", Revision = 9 }));
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { RunId = "run-0" }));
        s.Same((await GetAsync(s, a, "run-1"))?.RunRevision, 5, "The revision of the default tenant's checkpoint");
        s.Same(string.Join(" ", (await a.ListAsync(null, s.Stop)).Select(static c => $"{c.Tenant}/{c.RunId}")), "default/run-0 default/run-1", "The checkpoints of the default tenant");
        s.Same(string.Join(" ", (await a.ListAsync("acme", s.Stop)).Select(static c => $"{c.Tenant}/{c.RunId}")), "acme/run-1", "The checkpoints of acme");
        s.Holds(await DeleteAsync(s, a, new RunKey("run-1", "acme")), "Acme's checkpoint could not be deleted.");
        s.Same((await GetAsync(s, a, "run-1"))?.RunRevision, 5, "The revision of the default tenant's checkpoint after acme's was deleted");
    }

    private static async Task Delete(Scene s)
    {
        var a = await s.CheckpointsAsync();
        s.Holds(!await DeleteAsync(s, a, "run-1"), "A checkpoint that never was could be deleted.");
        var first = await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps));
        var second = await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Revision = 6 }, previous: first));
        s.Holds(!await DeleteAsync(s, a, "run-1", first.Version), "A checkpoint was deleted although another version was asked for.");
        s.Holds(!await DeleteAsync(s, a, "run-1", second.Version + 1), "A checkpoint was deleted although a version was asked for that never was.");
        s.Holds(await DeleteAsync(s, a, "run-1", second.Version), "The version that was asked for could not be deleted.");
        s.Holds(!await DeleteAsync(s, a, "run-1"), "A checkpoint was deleted twice.");
        s.Same(await GetAsync(s, a, "run-1"), null, "The deleted checkpoint");
    }

    private static async Task ConflictAsync(Scene s, CheckpointManager manager, RunCheckpoint checkpoint, long current, string why)
    {
        try
        {
            await SaveAsync(s, manager, checkpoint);
        }
        catch (CheckpointConflictException e)
        {
            s.Same(e.CurrentVersion, current, "The version that the conflict says is there");
            return;
        }

        throw new BrokenPromiseException($"A checkpoint was saved over version {checkpoint.Version}. {why}.");
    }

    private static async Task<RunCheckpoint> SaveAsync(Scene s, CheckpointManager manager, RunCheckpoint checkpoint) =>
        (await s.History.CallAsync("caller", $"save checkpoint of {checkpoint.Tenant}/{checkpoint.RunId}, revision {checkpoint.RunRevision}, over version {checkpoint.Version}",
            () => manager.SaveAsync(checkpoint, s.Stop).AsTask(), static c => $"version {c.Version}", s.Limit)).Value;

    private static async Task<RunCheckpoint?> GetAsync(Scene s, CheckpointManager manager, RunKey run) =>
        (await s.History.CallAsync("caller", $"get checkpoint of {run}", () => manager.GetAsync(run, s.Stop).AsTask(), static c => c is null ? "none" : $"version {c.Version}, revision {c.RunRevision}", s.Limit)).Value;

    private static async Task<bool> DeleteAsync(Scene s, CheckpointManager manager, RunKey run, long? version = null) =>
        (await s.History.CallAsync("caller", $"delete checkpoint of {run}{(version is null ? "" : $", version {version}")}", () => manager.DeleteAsync(run, version, s.Stop).AsTask(), static yes => Show.Value(yes), s.Limit)).Value;
}
