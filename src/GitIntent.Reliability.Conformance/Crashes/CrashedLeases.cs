using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>The dead do not hold for ever, and not too short: their leases end when they would have ended.</summary>
internal sealed class CrashedLeases(Scene scene, CrashJudge judge, IReadOnlyList<CrashedThing> things)
{
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);

    public async Task JudgeAsync()
    {
        foreach (var group in (await EndsAsync()).GroupBy(static e => e.Ends).OrderBy(static g => g.Key))
        {
            PassTo(group.Key - s_last);
            foreach (var (thing, _, fence) in group)
                await EachAsync(thing, fence, false);
            PassTo(group.Key);
            foreach (var (thing, _, fence) in group)
                await EachAsync(thing, fence, true);
        }

        void PassTo(DateTimeOffset time)
        {
            if (time > scene.Now)
                scene.Advance(time - scene.Now);
        }
    }

    /// <summary>What is held or under way at present, and until when.</summary>
    private async Task<List<(CrashedThing Thing, DateTimeOffset Ends, long Fence)>> EndsAsync()
    {
        List<(CrashedThing, DateTimeOffset, long)> ends = [];
        foreach (var thing in things)
        {
            if (thing.Part == CrashParts.Locks)
            {
                if (await (await scene.LocksAsync("B", "next")).Manager.GetLockAsync(thing.Id, scene.Stop) is { } held)
                    ends.Add((thing, held.ExpiresAt, held.Fence));
            }
            else if (thing is { Part: CrashParts.Records, Last.IsGone: false, Acknowledged.Number: > 0 })
            {
                var b = await scene.RecordsAsync("B", "next");
                if (await b.Store.GetAsync(CrashScript.KeyOf(thing.Prefix, thing.Id), scene.Stop) is { Status: IdempotencyStatus.Pending } pending)
                    ends.Add((thing, pending.ExpiresAt, pending.Fence));
            }
        }

        return ends;
    }

    private Task EachAsync(CrashedThing thing, long fence, bool ended) => thing.Part == CrashParts.Locks
        ? judge.TryAsync(CrashPromises.HolderExpires, thing, async () =>
        {
            Clock();
            var attempt = await (await scene.LocksAsync("B", "next")).TryAsync(thing.Id);
            scene.Holds(attempt.Acquired == ended, ended ? $"B did not get the lock of {thing.Id}, whose holder was killed and whose lease has ended." : $"B got the lock of {thing.Id} before the lease of its dead holder had ended.");
            if (ended && attempt.Handle!.Fence <= fence)
                throw new CrashFoundException(CrashPromises.FencesGrow, $"The fence {attempt.Handle.Fence} is not greater than {fence}, which the dead holder had.");
        })
        : judge.TryAsync(CrashPromises.ExecutorReplaced, thing, async () =>
        {
            Clock();
            var b = await scene.RecordsAsync("B", "next");
            var attempt = (await scene.History.CallAsync("B", $"begin {thing.Prefix}/{thing.Id}", () => b.Store.BeginAsync(CrashScript.KeyOf(thing.Prefix, thing.Id), null, scene.Stop).AsTask(),
                static a => a.Started ? $"started, fence {a.Record.Fence}" : "not started", scene.Limit)).Value;
            scene.Holds(attempt.Started == ended, ended ? $"B may not execute {thing.Id}, whose executor was killed and whose time in progress has ended." : $"B may execute {thing.Id} before the time of its dead executor has ended.");
            if (ended && attempt.Record.Fence <= fence)
                throw new CrashFoundException(CrashPromises.FencesGrow, $"The fence {attempt.Record.Fence} is not greater than {fence}, which the dead executor had.");
        });

    private void Clock() => scene.History.Note("clock", $"is at {Show.At(scene.Now)}");
}
