using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Bench;

/// <summary>The durable store against two durable transactions of one row each: what an acquisition and a release have to be at least, one by one.</summary>
internal static class SqliteRatios
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench");
        try
        {
            using var plain = new PlainSqlite(Path.Combine(folder.FullName, "plain.db"));
            await using var store = SqliteStore.Open(Path.Combine(folder.FullName, "state.db"));
            var locks = new SqliteRunLockManager(store);
            Func<int, int, Task>[] sides = [(c, i) => plain.TwoTransactionsAsync($"{c}-{i}"), (c, i) => plain.LockAsync($"{c}-{i}"), (c, i) => LockAsync(locks, $"{c}-{i}")];
            var one = await Measure.CallersAsync(400, 1, 1, sides);
            var many = await Measure.CallersAsync(12, 32, 5, sides);
            return
            [
                new("lock + release, 1 caller / plain lock, by hand", one[2].Latency / one[1].Latency, 1.2, $"{Measure.Micro(one[2].Latency)} / {Measure.Micro(one[1].Latency)}"),
                new("lock + release, 1 caller / two one-row transactions", one[2].Latency / one[0].Latency, null, $"{Measure.Micro(one[2].Latency)} / {Measure.Micro(one[0].Latency)}"),
                new("lock + release, 32 callers / two one-row transactions", many[2].Latency / many[0].Latency, 0.35, $"{Measure.Milli(many[2].Latency)} / {Measure.Milli(many[0].Latency)}"),
                new("the same by throughput", many[2].Share / many[0].Share, null, $"{1e9 / many[2].Share:0} / {1e9 / many[0].Share:0} a second"),
                new("plain lock, by hand, 32 callers / two one-row transactions", many[1].Latency / many[0].Latency, null, $"{Measure.Milli(many[1].Latency)} / {Measure.Milli(many[0].Latency)}"),
            ];
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task LockAsync(SqliteRunLockManager locks, string run)
    {
        var held = await locks.AcquireAsync(run);
        await held.ReleaseAsync();
    }
}
