namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Somebody who takes locks. Everything it does is recorded.</summary>
internal sealed class LockActor(Scene scene, RunLockManager manager, string name)
{
    public string Name => name;

    public string HolderId => $"holder-{name}";

    public RunLockManager Manager => manager;

    public Task<LockAttempt> TryAsync(RunKey run, double seconds = 60, string? reason = null, OwnerToken owner = default) =>
        TryAsync(run, new RunLockOptions { Ttl = TimeSpan.FromSeconds(seconds), Reason = reason, OwnerToken = owner });

    public async Task<LockAttempt> TryAsync(RunKey run, RunLockOptions options) => (await TryRecordedAsync(run, options)).Value;

    public async Task<Recorded<LockAttempt>> TryRecordedAsync(RunKey run, RunLockOptions options, CancellationToken stop = default) =>
        await scene.History.CallAsync(name, $"acquire {run} for {Show.Time(options.Ttl)}{(options.WaitTimeout == TimeSpan.Zero ? "" : ", waiting")}{(options.OwnerToken.IsEmpty ? "" : ", same token")}",
            () => manager.TryAcquireAsync(run, options with { HolderId = options.HolderId ?? HolderId }, stop.CanBeCanceled ? stop : scene.Stop).AsTask(), Show.Attempt, scene.Limit);

    /// <summary>Waits for the lock; the time that it takes is virtual, and not limited.</summary>
    public async Task<LockAttempt> WaitAsync(RunKey run, TimeSpan? timeout = null, double seconds = 60, CancellationToken stop = default) =>
        (await scene.History.CallAsync(name, $"acquire {run} for {Show.Time(TimeSpan.FromSeconds(seconds))}, waiting{(timeout is { } most ? $" {Show.Time(most)} at most" : "")}",
            () => manager.TryAcquireAsync(run, new RunLockOptions { Ttl = TimeSpan.FromSeconds(seconds), WaitTimeout = timeout ?? Timeout.InfiniteTimeSpan, HolderId = HolderId }, stop.CanBeCanceled ? stop : scene.Stop).AsTask(),
            Show.Attempt, Timeout.InfiniteTimeSpan)).Value;

    /// <summary>Runs a body under the lock.</summary>
    public async Task<T> ScopeAsync<T>(RunKey run, Func<RunLockHandle, CancellationToken, Task<T>> body, RunLockOptions? options = null, CancellationToken stop = default) =>
        (await scene.History.CallAsync(name, $"run a body under {run}", () => manager.WithLockAsync(run, body, (options ?? new RunLockOptions()) with { HolderId = HolderId }, stop.CanBeCanceled ? stop : scene.Stop),
            static value => Show.Value(value), scene.Limit)).Value;

    /// <summary>Acquires what has to be free.</summary>
    public async Task<RunLockHandle> HoldAsync(RunKey run, double seconds = 60, string? reason = null, OwnerToken owner = default)
    {
        var attempt = await TryAsync(run, seconds, reason, owner);
        scene.Holds(attempt.Acquired, $"{name} did not get the lock of {run}, which nobody holds.");
        return attempt.Handle;
    }

    /// <summary>Must not get the lock.</summary>
    public async Task<RunLock> RefusedAsync(RunKey run, string why)
    {
        var attempt = await TryAsync(run);
        scene.Holds(!attempt.Acquired, $"{name} got the lock of {run}, {why}.");
        scene.Holds(attempt.Existing is not null, "The refusal does not say whose lock is in the way.");
        return attempt.Existing;
    }

    public Task<bool> ReleaseAsync(RunKey run, OwnerToken owner, string whose = "its own") =>
        Yes($"release {run} by {whose} token", () => manager.ReleaseAsync(run, owner, scene.Stop).AsTask());

    public Task<bool> ExtendAsync(RunKey run, OwnerToken owner, double seconds, bool shorten = false, string whose = "its own") =>
        Yes($"extend {run} to {Show.Time(TimeSpan.FromSeconds(seconds))}{(shorten ? ", may shorten" : "")}, by {whose} token",
            () => manager.ExtendAsync(run, owner, TimeSpan.FromSeconds(seconds), shorten, scene.Stop).AsTask());

    public Task<bool> ForceAsync(RunKey run) => Yes($"force-release {run}", () => manager.ForceReleaseAsync(run, scene.Stop).AsTask());

    public async Task<RunLock?> GetAsync(RunKey run) =>
        (await scene.History.CallAsync(name, $"get {run}", () => manager.GetLockAsync(run, scene.Stop).AsTask(), Show.Held, scene.Limit)).Value;

    public async Task<IReadOnlyList<RunLock>> ListAsync(string? tenant = null) =>
        (await scene.History.CallAsync(name, tenant is null ? "list" : $"list tenant {tenant}", () => manager.ListLocksAsync(tenant, scene.Stop).AsTask(), Show.Locks, scene.Limit)).Value;

    private async Task<bool> Yes(string call, Func<Task<bool>> make) =>
        (await scene.History.CallAsync(name, call, make, static yes => Show.Value(yes), scene.Limit)).Value;
}
