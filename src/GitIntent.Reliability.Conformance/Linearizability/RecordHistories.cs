using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Random calls of one operation's record.</summary>
internal sealed class RecordHistories() : RandomHistories<RecordState, RecordOperation>(new RecordModel("TIMEOUT"))
{
    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("run-1", "step-1", "charge");

    protected override int Kinds => 9;

    private static readonly Step s_get = new(2, 8, 0, false), s_begin5 = new(0, 0, 3, false), s_begin1 = new(0, 0, 1, false);

    private static readonly (int What, int Amount)[] s_ofExecutor = [(3, 3), (5, 3), (6, 3), (7, 0)];

    protected override IReadOnlyList<Race> Races { get; } =
    [
        .. from mine in s_ofExecutor
           from theirs in new[] { new[] { 7 }, [7, 0], [0], [9, 0] }
           select new Race([s_begin5], Step.Of(0, mine), [.. theirs.Select(static what => Step.Of(1, (what, what == 9 ? 4 : 7)))], s_get),
        // The executor itself, by a second thread.
        .. from mine in s_ofExecutor
           from theirs in s_ofExecutor
           select new Race([s_begin5], Step.Of(0, mine), [Step.Of(0, theirs)], s_get),
        // An operation that nobody has begun; one whose time is over.
        .. from before in new Step[][] { [], [new(2, 0, 1, false), new(2, 9, 3, false)] }
           from theirs in new[] { new[] { 0 }, [0, 3] }
           select new Race(before, Step.Of(0, (0, 3)), [.. theirs.Select(static what => Step.Of(1, (what, 3)))], s_get),
        // Too late, by nothing at all: the clock moves by the whole time in progress of 1 s.
        .. from mine in s_ofExecutor
           select new Race([s_begin1, new(0, 9, 3, false)], Step.Of(0, mine), [], s_get),
    ];

    protected override RecordedCall CallOf(RecordOperation operation) => operation.Call;

    protected override async Task<Func<Step, Task<RecordOperation?>>> DriveAsync(Scene scene, int callers)
    {
        var stores = new IdempotencyStore[callers];
        for (var i = 0; i < callers; i++)
            stores[i] = (await scene.RecordsAsync("", i < 2 ? "1" : "2")).Store;
        var held = new Held?[callers];
        return step => TakeAsync(scene, stores[step.Caller], held, step)!;
    }

    private static async Task<RecordOperation> TakeAsync(Scene scene, IdempotencyStore store, Held?[] held, Step step)
    {
        var caller = $"{(char)('A' + step.Caller)}";
        var mine = Volatile.Read(ref held[step.Caller]);
        var (owner, fence) = (mine?.Owner ?? default, mine?.Fence ?? 0);
        var ttl = TimeSpan.FromMilliseconds((step.Amount % 4) switch { 0 => 1, 1 => 1000, 2 => 1500, _ => 5000 });
        switch (step.What)
        {
            case 0 or 1 or 2:
                var again = fence > 0 && step.What == 2 && step.Amount % 3 == 0;
                owner = again ? owner : OwnerToken.Create();
                var options = new IdempotencyOptions { InProgressTimeout = ttl, OwnerToken = owner };
                var begun = await Made(RecordVerb.Begin, $"begin for {Show.Time(ttl)}{(again ? ", same token" : "")}", () => store.BeginAsync(s_key, options, scene.Stop).AsTask(),
                    Show.Begin, static a => a.Started, static a => a.Record);
                if (begun.Yes)
                    Volatile.Write(ref held[step.Caller], new Held(owner, begun.Record!.Fence));
                return begun;
            case 3 or 4 when fence > 0:
                var json = $"{step.Amount % 3}";
                return await Made(RecordVerb.Finish, $"complete with {json} for {Show.Time(ttl)}", () => store.CompleteAsync(s_key, owner, fence, json, ttl, scene.Stop).AsTask(), Show.Value, static yes => yes, outcome: json);
            case 5 when fence > 0:
                var failure = FailureInfo.From(step.Amount % 2 == 0 ? new RetryableException("slow", ErrorCode.Timeout) : new NonRetryableException("no", ErrorCode.NotFound));
                return await Made(RecordVerb.Finish, $"fail with {failure.Code} for {Show.Time(ttl)}", () => store.FailAsync(s_key, owner, fence, failure, ttl, scene.Stop).AsTask(), Show.Value, static yes => yes, outcome: failure.Code);
            case 6 when fence > 0:
                return await Made(RecordVerb.Renew, $"renew to {Show.Time(ttl)}", () => store.RenewAsync(s_key, owner, fence, ttl, scene.Stop).AsTask(), Show.Value, static yes => yes);
            case 7 when fence > 0 && step.Amount % 3 == 0:
                return await Made(RecordVerb.Delete, "delete", () => store.DeleteAsync(s_key, owner, fence, scene.Stop).AsTask(), Show.Value, static yes => yes);
            case 7 when step.Amount % 3 == 1:
                return await Made(RecordVerb.Force, "force-delete", () => store.ForceDeleteAsync(s_key, scene.Stop).AsTask(), Show.Value, static yes => yes);
            default:
                return await Made(RecordVerb.Get, "get", () => store.GetAsync(s_key, scene.Stop).AsTask(), Show.Record, static record => record is not null, static record => record);
        }

        async Task<RecordOperation> Made<T>(RecordVerb verb, string call, Func<Task<T>> make, Func<T, string> show, Func<T, bool> yes, Func<T, IdempotencyRecord?>? seen = null, string? outcome = null)
        {
            var made = await scene.History.CallAsync(caller, call, make, show, scene.Limit);
            return new RecordOperation(verb, owner, fence, ttl, outcome, yes(made.Value), seen?.Invoke(made.Value), made.From, made.To, made.Peak, made.Call);
        }
    }

    /// <summary>Steps of one caller overlap: token and fence are read as one, or one of another's would be asked by an empty token.</summary>
    private sealed record Held(OwnerToken Owner, long Fence);
}
