using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Checkpoints of processes that were killed: each is one that was saved, and can be saved over.</summary>
internal sealed class CrashedCheckpoints(Scene scene, CrashJudge judge, IReadOnlyList<CrashedThing> things)
{
    private const int Next = 9;

    public async Task JudgeAsync()
    {
        // First those that are gone: their versions nobody sees any more.
        foreach (var thing in things.OrderBy(static t => !t.Last.IsGone))
        {
            await judge.TryAsync(CrashPromises.CheckpointKept, thing, async () =>
            {
                var b = await scene.CheckpointsAsync("next");
                var found = (await scene.History.CallAsync("B", $"get checkpoint of {thing.Id}", () => b.GetAsync(thing.Id, scene.Stop).AsTask(), static c => CrashStates.Of(c).ToString(), scene.Limit)).Value;
                var highest = thing.Drawn.Select(static d => d.Number).DefaultIfEmpty().Max();
                thing.Expect(CrashStates.Of(found), things);
                var next = (await scene.History.CallAsync("B", $"save checkpoint of {thing.Id}, revision {Next}, over version {found?.Version ?? 0}",
                    () => b.SaveAsync(RunCheckpoint.Of(CrashScript.RunOf(thing.Id, Next), previous: found), scene.Stop).AsTask(), static c => $"version {c.Version}", scene.Limit)).Value;
                scene.Holds(next.Version > Math.Max(highest, found?.Version ?? 0), $"The version {next.Version} is not greater than one that was given before the kill.");
            });
        }
    }
}
