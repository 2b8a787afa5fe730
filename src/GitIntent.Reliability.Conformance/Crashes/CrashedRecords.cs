using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Operations of processes that were killed: an outcome is replayed, what is under way is in the way, and what never was can begin.</summary>
internal sealed class CrashedRecords(Scene scene, CrashJudge judge, IReadOnlyList<CrashedThing> things)
{
    public async Task JudgeAsync()
    {
        var states = new CrashStates(scene.IsVirtual);
        var highest = things.SelectMany(static t => t.Drawn).Select(static d => d.Number).DefaultIfEmpty().Max();
        foreach (var thing in things)
        {
            await judge.TryAsync(CrashPromises.OutcomeKept, thing, async () =>
            {
                var (b, key) = (await scene.RecordsAsync("B", "next"), CrashScript.KeyOf(thing.Prefix, thing.Id));
                var found = (await scene.History.CallAsync("B", $"get {thing.Prefix}/{thing.Id}", () => b.Store.GetAsync(key, scene.Stop).AsTask(), r => states.Of(r).ToString(), scene.Limit)).Value;
                thing.Expect(states.Of(found), things);
                var attempt = (await scene.History.CallAsync("B", $"begin {thing.Prefix}/{thing.Id}", () => b.Store.BeginAsync(key, null, scene.Stop).AsTask(),
                    a => a.Started ? $"started, fence {a.Record.Fence}" : $"not started: {states.Of(a.Record)}", scene.Limit)).Value;
                if (found is not null && attempt.Started)
                {
                    throw new CrashFoundException(found.Status == IdempotencyStatus.Pending ? CrashPromises.ExecutorReplaced : CrashPromises.OutcomeKept,
                        $"B may execute {thing.Id}, {(found.Status == IdempotencyStatus.Pending ? "whose executor was killed and whose time in progress has not ended" : "whose outcome is known")}.");
                }

                scene.Holds(found is not null || attempt.Started, $"B could not begin {thing.Id}, although nothing stands in the way.");
                if (found is null && attempt.Record.Fence <= highest)
                    throw new CrashFoundException(CrashPromises.FencesGrow, $"The fence {attempt.Record.Fence} is not greater than {highest}, which a process was given that was killed.");
            });
        }
    }
}
