using System.Collections.Concurrent;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>The parts of a subject as a process has them, and what it holds.</summary>
internal sealed class CrashHands(RunLockManager? locks, IdempotencyStore? records, CheckpointManager? checkpoints) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunLockHandle> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IdempotencyExecution> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RunCheckpoint> _saved = new(StringComparer.Ordinal);

    public static async Task<CrashHands> OpenAsync(ConformanceSubject subject, SubjectContext context) =>
        new(await subject.LocksAsync(context), await subject.IdempotencyAsync(context), await subject.CheckpointsAsync(context));

    public IEnumerable<string> Parts => new[] { (CrashParts.Locks, (object?)locks), (CrashParts.Records, records), (CrashParts.Checkpoints, checkpoints) }.Where(static p => p.Item2 is not null).Select(static p => p.Item1);

    public async Task<long> AcquireAsync(string run, double seconds)
    {
        var attempt = await locks!.TryAcquireAsync(run, new RunLockOptions { Ttl = TimeSpan.FromSeconds(seconds), HolderId = "holder-A" });
        _held[run] = attempt.Handle ?? throw new BrokenPromiseException($"A did not get the lock of {run}, which nobody holds.");
        return attempt.Handle.Fence;
    }

    public async Task<long> ExtendAsync(string run, double seconds) => Done(await locks!.ExtendAsync(run, _held[run].OwnerToken, TimeSpan.FromSeconds(seconds)), "The owner's extend");

    public async Task<long> ReleaseAsync(string run) => Done(await locks!.ReleaseAsync(run, _held[run].OwnerToken), "The owner's release");

    public async Task<long> ForceAsync(string run) => Done(await locks!.ForceReleaseAsync(run), "The forced release");

    public async Task<long> BeginAsync(IdempotencyKey key, double seconds)
    {
        var attempt = await records!.BeginAsync(key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(seconds) });
        _running[key.Identity] = attempt.Execution ?? throw new BrokenPromiseException($"A could not begin {key.Operation}, although nothing stands in the way.");
        return attempt.Execution.Fence;
    }

    public async Task<long> RenewAsync(IdempotencyKey key, double seconds) =>
        Done(await records!.RenewAsync(key, _running[key.Identity].OwnerToken, _running[key.Identity].Fence, TimeSpan.FromSeconds(seconds)), "The executor's renewal");

    public async Task<long> CompleteAsync(IdempotencyKey key, string json, TimeSpan ttl) =>
        Done(await records!.CompleteAsync(key, _running[key.Identity].OwnerToken, _running[key.Identity].Fence, json, ttl), "The executor's completion");

    public async Task<long> FailAsync(IdempotencyKey key, Exception exception, TimeSpan ttl) =>
        Done(await records!.FailAsync(key, _running[key.Identity].OwnerToken, _running[key.Identity].Fence, FailureInfo.From(exception), ttl), "The executor's failure");

    public async Task<long> DeleteAsync(IdempotencyKey key) => Done(await records!.DeleteAsync(key, _running[key.Identity].OwnerToken, _running[key.Identity].Fence), "The executor's delete");

    public async Task<long> SaveAsync(RunState run)
    {
        var saved = await checkpoints!.SaveAsync(RunCheckpoint.Of(run, previous: _saved.GetValueOrDefault(run.RunId)));
        _saved[run.RunId] = saved;
        return saved.Version;
    }

    public async Task<long> ForgetAsync(string run) => Done(await checkpoints!.DeleteAsync(run), "The delete");

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new object?[] { checkpoints, records, locks })
        {
            if (part is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
    }

    private static long Done(bool done, string what) => done ? 0 : throw new BrokenPromiseException($"{what} returned false.");
}
