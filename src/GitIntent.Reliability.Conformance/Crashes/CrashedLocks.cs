using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Locks of processes that were killed: what is held still is, what was free can be had.</summary>
internal sealed class CrashedLocks(Scene scene, CrashJudge judge, IReadOnlyList<CrashedThing> things)
{
    public async Task JudgeAsync()
    {
        var states = new CrashStates(scene.IsVirtual);
        var highest = things.SelectMany(static t => t.Drawn).Select(static d => d.Number).DefaultIfEmpty().Max();
        foreach (var thing in things)
        {
            await judge.TryAsync(CrashPromises.LockKept, thing, async () =>
            {
                var b = await scene.LocksAsync("B", "next");
                var found = states.Of(await b.GetAsync(thing.Id));
                thing.Expect(found, things);
                if (found.Number > 0)
                {
                    if ((await b.TryAsync(thing.Id)).Acquired)
                        throw new CrashFoundException(CrashPromises.HolderExpires, $"B got the lock of {thing.Id}, whose holder was killed and whose lease has not ended.");
                    return;
                }

                var next = await b.HoldAsync(thing.Id);
                if (next.Fence <= highest)
                    throw new CrashFoundException(CrashPromises.FencesGrow, $"The fence {next.Fence} is not greater than {highest}, which a process was given that was killed.");
                scene.Holds(await b.ReleaseAsync(thing.Id, next.OwnerToken), "The owner's release returned false.");
            });
        }
    }
}
