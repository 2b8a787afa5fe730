using System.Diagnostics;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Bench;

/// <summary>32 callers who want one lock for 4 ms each: the one who waits longest should wait for the others' work, and for little else.</summary>
internal static class ContendedRatios
{
    public const int Callers = 32;
    private const int Rounds = 9;
    private static readonly TimeSpan s_hold = TimeSpan.FromMilliseconds(4);
    private static readonly RunLockOptions s_wait = new() { WaitTimeout = TimeSpan.FromMinutes(1) };

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench");
        try
        {
            await using var store = SqliteStore.Open(Path.Combine(folder.FullName, "state.db"));
            return
            [
                await OfAsync("semaphore of the platform (a floor)", Semaphore(), null),
                await OfAsync("memory", Ours(new MemoryRunLockManager()), 1.6),
                await OfAsync("SQLite, durable", Ours(new SqliteRunLockManager(store)), 1.6),
            ];
        }
        finally
        {
            folder.Delete(true);
        }
    }

    /// <param name="name">What is measured.</param>
    /// <param name="hold">Acquires, calls back, waits for what it returns, releases.</param>
    /// <param name="target">At most.</param>
    public static async Task<Figure> OfAsync(string name, Func<Func<Task>, Task> hold, double? target)
    {
        List<double> worst = [];
        List<double> held = [];
        for (var round = -1; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var waits = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
            {
                var waited = TimeSpan.Zero;
                await hold(async () =>
                {
                    waited = Stopwatch.GetElapsedTime(start);
                    await Task.Delay(s_hold, TimeProvider.System);
                    lock (held)
                        held.Add((Stopwatch.GetElapsedTime(start) - waited).TotalNanoseconds);
                });
                return waited.TotalNanoseconds;
            })));
            if (round >= 0)
                worst.Add(waits.Max());
        }

        var wait = Measure.Median(worst);
        return new($"{name}: worst wait / ({Callers} callers × {s_hold.TotalMilliseconds} ms held)", wait / (Callers * s_hold.TotalNanoseconds), target,
            $"{Measure.Milli(wait)}; a hold of 4 ms took {Measure.Milli(Measure.Median(held))}");
    }

    private static Func<Func<Task>, Task> Ours(RunLockManager locks) => body => locks.WithLockAsync("contended", (_, _) => body(), s_wait);

    private static Func<Func<Task>, Task> Semaphore()
    {
        var semaphore = new SemaphoreSlim(1);
        return async body =>
        {
            await semaphore.WaitAsync();
            await body();
            semaphore.Release();
        };
    }
}
