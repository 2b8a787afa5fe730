using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace GitIntent.Reliability.Bench;

/// <summary>A lock with its fence against what any lock in memory has to do at least: add to a dictionary and remove.</summary>
internal static class MemoryRatios
{
    private const int Operations = 2_000;
    private const int Rounds = 300;
    private static readonly string[] s_runs = [.. Enumerable.Range(0, 1024).Select(i => $"run-{i}")];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var locks = new MemoryRunLockManager();
        var shared = new ConcurrentDictionary<string, object>(StringComparer.Ordinal);
        var plain = new Dictionary<string, object>(StringComparer.Ordinal);
        var one = await Measure.RoundsAsync(Rounds, Operations, n => Shared(shared, n, 0), n => Plain(plain, n), n => Locks(locks, n, 0));
        var many = await Measure.RoundsAsync(40, Operations, n => All(c => Shared(shared, n / 32, c)), n => All(c => Locks(locks, n / 32, c)));
        var (beyond, handle) = await AllocatedAsync(locks);
        return
        [
            new("lock + release, 1 caller / concurrent dictionary add + remove", one[2] / one[0], 8, $"{Measure.Micro(one[2])} / {Measure.Micro(one[0])}"),
            new("lock + release, 1 caller / unsynchronised dictionary add + remove", one[2] / one[1], null, $"{Measure.Micro(one[2])} / {Measure.Micro(one[1])}"),
            new("lock + release, 32 callers / concurrent dictionary add + remove", many[1] / many[0], 8, $"{Measure.Micro(many[1])} / {Measure.Micro(many[0])}"),
            new("bytes allocated beyond the handle by lock + release", beyond, 0, $"the handle has {handle} bytes"),
        ];
    }

    private static Task All(Func<int, Task> body) => Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(() => body(caller))));

    private static Task Shared(ConcurrentDictionary<string, object> dictionary, int count, int caller)
    {
        for (var i = 0; i < count; i++)
        {
            var run = s_runs[((caller * 32) + i) & 1023];
            dictionary.TryAdd(run, dictionary);
            dictionary.TryRemove(run, out _);
        }

        return Task.CompletedTask;
    }

    private static Task Plain(Dictionary<string, object> dictionary, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var run = s_runs[i & 1023];
            dictionary.TryAdd(run, dictionary);
            dictionary.Remove(run);
        }

        return Task.CompletedTask;
    }

    private static async Task Locks(MemoryRunLockManager locks, int count, int caller)
    {
        for (var i = 0; i < count; i++)
        {
            var held = await locks.AcquireAsync(s_runs[((caller * 32) + (i & 31)) & 1023]);
            await held.ReleaseAsync();
        }
    }

    private static async Task<(double Beyond, long Handle)> AllocatedAsync(MemoryRunLockManager locks)
    {
        RuntimeHelpers.GetUninitializedObject(typeof(RunLockHandle));
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuntimeHelpers.GetUninitializedObject(typeof(RunLockHandle));
        var handle = GC.GetAllocatedBytesForCurrentThread() - before;
        const int Count = 100_000;
        before = GC.GetAllocatedBytesForCurrentThread();
        await Locks(locks, Count, 0);
        // The system's random numbers are drawn 128 tokens at a time, into a buffer that is kept.
        return (((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count) - handle, handle);
    }
}
