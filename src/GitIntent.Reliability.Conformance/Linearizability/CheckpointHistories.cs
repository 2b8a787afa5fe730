using GitIntent.Reliability.Conformance.Checks;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Random calls of one run's checkpoint.</summary>
internal sealed class CheckpointHistories() : RandomHistories<CheckpointState, CheckpointOperation>(new CheckpointModel())
{
    protected override int Kinds => 5;

    private static readonly Step s_get = new(2, 4, 1, false), s_save = new(0, 0, 1, false);

    /// <summary>One caller goes by what it knows; the other reads, and saves or deletes.</summary>
    protected override IReadOnlyList<Race> Races { get; } =
    [
        .. from mine in new Step[] { s_save, new(0, 3, 2, false) }
           from theirs in new Step[][] { [new(1, 4, 1, false), new(1, 0, 1, false)], [new(1, 3, 10, false)], [new(1, 3, 10, false), new(1, 0, 5, false)] }
           select new Race([s_save], mine, theirs, s_get),
        new Race([], s_save, [new(1, 0, 1, false)], s_get),
    ];

    protected override RecordedCall CallOf(CheckpointOperation operation) => operation.Call;

    protected override async Task<Func<Step, Task<CheckpointOperation?>>> DriveAsync(Scene scene, int callers)
    {
        var managers = new CheckpointManager[callers];
        for (var i = 0; i < callers; i++)
            managers[i] = await scene.CheckpointsAsync(i < 2 ? "1" : "2");
        var known = new long[callers];
        var revision = 0L;
        return step => TakeAsync(scene, managers[step.Caller], known, step, Interlocked.Increment(ref revision))!;
    }

    private static async Task<CheckpointOperation> TakeAsync(Scene scene, CheckpointManager manager, long[] known, Step step, long revision)
    {
        var caller = $"{(char)('A' + step.Caller)}";
        var basedOn = step.Amount % 5 == 0 ? 0 : known[step.Caller];
        switch (step.What)
        {
            case 0 or 1 or 2:
                var checkpoint = RunCheckpoint.Of(Runs.ThreeSteps with { Revision = revision }) with { Version = basedOn };
                var saved = await scene.History.CallAsync(caller, $"save revision {revision} over {basedOn}", () => SaveAsync(manager, checkpoint, scene.Stop), static v => v < 0 ? "conflict" : $"version {v}", scene.Limit);
                if (saved.Value > 0)
                    known[step.Caller] = saved.Value;
                return new CheckpointOperation(CheckpointVerb.Save, basedOn, saved.Value > 0, Math.Max(0, saved.Value), revision, saved.Call);
            case 3 when step.Amount % 2 == 0:
                var deleted = await scene.History.CallAsync(caller, basedOn == 0 ? "delete" : $"delete version {basedOn}", () => manager.DeleteAsync("run-1", basedOn == 0 ? null : basedOn, scene.Stop).AsTask(), Show.Value, scene.Limit);
                return new CheckpointOperation(CheckpointVerb.Delete, basedOn, deleted.Value, 0, 0, deleted.Call);
            default:
                var read = await scene.History.CallAsync(caller, "get", () => manager.GetAsync("run-1", scene.Stop).AsTask(), static c => c is null ? "none" : $"version {c.Version}, revision {c.RunRevision}", scene.Limit);
                known[step.Caller] = read.Value?.Version ?? 0;
                return new CheckpointOperation(CheckpointVerb.Get, 0, read.Value is not null, read.Value?.Version ?? 0, read.Value?.RunRevision ?? 0, read.Call);
        }
    }

    private static async Task<long> SaveAsync(CheckpointManager manager, RunCheckpoint checkpoint, CancellationToken stop)
    {
        try
        {
            return (await manager.SaveAsync(checkpoint, stop)).Version;
        }
        catch (CheckpointConflictException)
        {
            return -1;
        }
    }
}
