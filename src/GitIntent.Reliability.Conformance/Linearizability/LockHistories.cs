using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Random calls of one run's lock.</summary>
internal sealed class LockHistories() : RandomHistories<LockState, LockOperation>(new LockModel())
{
    private const string Run = "run-1";

    protected override int Kinds => 7;

    private static readonly Step s_get = new(2, 6, 0, false), s_take5 = new(0, 0, 3, false), s_take1 = new(0, 0, 1, false);

    private static readonly (int What, int Amount)[] s_ofHolder = [(3, 0), (4, 7), (5, 0), (2, 3)];

    protected override IReadOnlyList<Race> Races { get; } =
    [
        .. from mine in s_ofHolder
           from theirs in new[] { new[] { 5 }, [5, 0], [0], [7, 0] }
           select new Race([s_take5], Step.Of(0, mine), [.. theirs.Select(static what => Step.Of(1, (what, what == 7 ? 4 : 3)))], s_get),
        // The holder itself, by a second thread.
        .. from mine in s_ofHolder
           from theirs in new[] { (3, 0), (4, 7) }
           select new Race([s_take5], Step.Of(0, mine), [Step.Of(0, theirs)], s_get),
        // A lock that is free; one whose lease has ended.
        .. from before in new Step[][] { [], [new(2, 0, 1, false), new(2, 7, 3, false)] }
           from theirs in new[] { new[] { 0 }, [0, 3] }
           select new Race(before, Step.Of(0, (0, 3)), [.. theirs.Select(static what => Step.Of(1, (what, 3)))], s_get),
        // Too late, by nothing at all: the clock moves by the whole lease of 1 s.
        .. from mine in s_ofHolder
           select new Race([s_take1, new(0, 7, 3, false)], Step.Of(0, mine), [], s_get),
    ];

    protected override RecordedCall CallOf(LockOperation operation) => operation.Call;

    protected override async Task<Func<Step, Task<LockOperation?>>> DriveAsync(Scene scene, int callers)
    {
        // The first two are of one process, the others of another.
        var managers = new RunLockManager[callers];
        for (var i = 0; i < callers; i++)
            managers[i] = (await scene.LocksAsync("", i < 2 ? "1" : "2")).Manager;
        var tokens = new OwnerToken[callers];
        return step => TakeAsync(scene, managers[step.Caller], tokens, step)!;
    }

    private static async Task<LockOperation> TakeAsync(Scene scene, RunLockManager locks, OwnerToken[] tokens, Step step)
    {
        var caller = $"{(char)('A' + step.Caller)}";
        var before = tokens[step.Caller];
        var owner = before;
        var ttl = TimeSpan.FromMilliseconds((step.Amount % 4) switch { 0 => 1, 1 => 1000, 2 => 1500, _ => 5000 });
        switch (step.What)
        {
            case 0 or 1 or 2:
                var again = !owner.IsEmpty && step.What == 2 && step.Amount % 3 == 0;
                if (!again)
                    owner = OwnerToken.Create();
                // The token counts from now on: who asked may hold the lock before the answer is there.
                tokens[step.Caller] = owner;
                var options = new RunLockOptions { Ttl = ttl, OwnerToken = owner, HolderId = $"holder-{caller}" };
                var acquired = await Made(LockVerb.Acquire, $"acquire for {Show.Time(ttl)}{(again ? ", same token" : "")}", () => locks.TryAcquireAsync(Run, options, scene.Stop).AsTask(),
                    Show.Attempt, static a => a.Acquired, static a => a.Handle?.Lock ?? a.Existing);
                // Who was refused goes on with the token that it may still hold the lock by: else little is released or extended.
                if (!acquired.Yes && tokens[step.Caller] == owner)
                    tokens[step.Caller] = before;
                return acquired;
            case 3 when !owner.IsEmpty:
                return await Made(LockVerb.Release, "release", () => locks.ReleaseAsync(Run, owner, scene.Stop).AsTask(), Show.Value, static yes => yes);
            case 4 when !owner.IsEmpty:
                var shorten = step.Amount % 3 == 0;
                return await Made(LockVerb.Extend, $"extend to {Show.Time(ttl)}{(shorten ? ", may shorten" : "")}", () => locks.ExtendAsync(Run, owner, ttl, shorten, scene.Stop).AsTask(), Show.Value, static yes => yes, shorten: shorten);
            case 5:
                return await Made(LockVerb.Force, "force-release", () => locks.ForceReleaseAsync(Run, scene.Stop).AsTask(), Show.Value, static yes => yes);
            default:
                return await Made(LockVerb.Get, "get", () => locks.GetLockAsync(Run, scene.Stop).AsTask(), Show.Held, static held => held is not null, static held => held);
        }

        async Task<LockOperation> Made<T>(LockVerb verb, string call, Func<Task<T>> make, Func<T, string> show, Func<T, bool> yes, Func<T, RunLock?>? seen = null, bool shorten = false)
        {
            var made = await scene.History.CallAsync(caller, call, make, show, scene.Limit);
            return new LockOperation(verb, owner, ttl, shorten, yes(made.Value), seen?.Invoke(made.Value), made.From, made.To, made.Peak, made.Call);
        }
    }
}
