namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Somebody who runs operations. Everything it does is recorded.</summary>
internal sealed class RecordActor(Scene scene, IdempotencyStore store, string name)
{
    public string Name => name;

    public IdempotencyStore Store => store;

    public async Task<IdempotencyAttempt> BeginAsync(IdempotencyKey key, IdempotencyOptions? options = null)
    {
        options ??= new IdempotencyOptions();
        return (await scene.History.CallAsync(name, $"begin {Short(key)}{(options.OwnerToken.IsEmpty ? "" : ", same token")}{(options.FailurePolicy == FailurePolicy.ReplayPermanent ? "" : $", {options.FailurePolicy}")}",
            () => store.BeginAsync(key, options, scene.Stop).AsTask(), Show.Begin, scene.Limit)).Value;
    }

    /// <summary>Begins what nothing stands in the way of.</summary>
    public async Task<IdempotencyExecution> StartAsync(IdempotencyKey key, IdempotencyOptions? options = null)
    {
        var attempt = await BeginAsync(key, options);
        scene.Holds(attempt.Started, $"{name} could not begin {Short(key)}, although nothing stands in the way.");
        return attempt.Execution;
    }

    /// <summary>Must not begin.</summary>
    public async Task<IdempotencyRecord> InTheWayAsync(IdempotencyKey key, string why, IdempotencyOptions? options = null)
    {
        var attempt = await BeginAsync(key, options);
        scene.Holds(!attempt.Started, $"{name} may execute {Short(key)}, {why}.");
        return attempt.Record;
    }

    public Task<bool> CompleteAsync(IdempotencyExecution execution, string json, TimeSpan? ttl = null, OwnerToken? owner = null, long? fence = null) =>
        Yes($"complete {Short(execution.Key)} with {json}{By(owner, fence)}", () => store.CompleteAsync(execution.Key, owner ?? execution.OwnerToken, fence ?? execution.Fence, json, ttl, scene.Stop).AsTask());

    public Task<bool> FailAsync(IdempotencyExecution execution, Exception exception, TimeSpan? ttl = null, OwnerToken? owner = null, long? fence = null) =>
        Yes($"fail {Short(execution.Key)} with {exception.GetType().Name}{By(owner, fence)}",
            () => store.FailAsync(execution.Key, owner ?? execution.OwnerToken, fence ?? execution.Fence, FailureInfo.From(exception), ttl, scene.Stop).AsTask());

    public Task<bool> RenewAsync(IdempotencyExecution execution, double seconds, OwnerToken? owner = null, long? fence = null) =>
        Yes($"renew {Short(execution.Key)} to {Show.Time(TimeSpan.FromSeconds(seconds))}{By(owner, fence)}",
            () => store.RenewAsync(execution.Key, owner ?? execution.OwnerToken, fence ?? execution.Fence, TimeSpan.FromSeconds(seconds), scene.Stop).AsTask());

    public Task<bool> DeleteAsync(IdempotencyExecution execution, OwnerToken? owner = null, long? fence = null) =>
        Yes($"delete {Short(execution.Key)}{By(owner, fence)}", () => store.DeleteAsync(execution.Key, owner ?? execution.OwnerToken, fence ?? execution.Fence, scene.Stop).AsTask());

    /// <summary>Runs an operation; what it takes is virtual time, and not limited.</summary>
    public async Task<int> RunAsync(IdempotencyKey key, Func<IdempotencyExecution, CancellationToken, Task<int>> body, IdempotencyOptions? options = null) =>
        (await scene.History.CallAsync(name, $"run {Short(key)}{(options?.WhenInFlight == InFlight.Wait ? ", waiting for an outcome" : "")}",
            () => store.WithIdempotencyAsync(key, KitJson.Default.Int32, body, options, scene.Stop), static n => Show.Value(n), Timeout.InfiniteTimeSpan)).Value;

    public Task<bool> ForceDeleteAsync(IdempotencyKey key) => Yes($"force-delete {Short(key)}", () => store.ForceDeleteAsync(key, scene.Stop).AsTask());

    public async Task<IdempotencyRecord?> GetAsync(IdempotencyKey key) =>
        (await scene.History.CallAsync(name, $"get {Short(key)}", () => store.GetAsync(key, scene.Stop).AsTask(), Show.Record, scene.Limit)).Value;

    public async Task<IReadOnlyList<IdempotencyRecord>> ListAsync(RunKey run) =>
        (await scene.History.CallAsync(name, $"list {run}", () => store.ListByRunAsync(run, scene.Stop).AsTask(), Show.Records, scene.Limit)).Value;

    public async Task<int> CleanupAsync() =>
        (await scene.History.CallAsync(name, "clean up", () => store.CleanupAsync(scene.Stop).AsTask(), static n => $"{Show.Value(n)} removed", scene.Limit)).Value;

    private static string By(OwnerToken? owner, long? fence) => (owner, fence) switch
    {
        (null, null) => "",
        (not null, _) => ", by another's token",
        _ => $", by fence {Show.Value(fence!.Value)}",
    };

    internal static string Short(IdempotencyKey key) => $"{(key.Tenant is null ? "" : key.Tenant + "/")}{key.RunId}/{key.StepId}/{key.Operation} #{key.InputHash[..6]}";

    private async Task<bool> Yes(string call, Func<Task<bool>> make) =>
        (await scene.History.CallAsync(name, call, make, static yes => Show.Value(yes), scene.Limit)).Value;
}
