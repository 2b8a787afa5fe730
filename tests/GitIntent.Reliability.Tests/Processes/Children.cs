using System.Globalization;
using GitIntent.Reliability.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>What child processes do.</summary>
internal static class Children
{
    /// <summary>Writes until it is killed, and says what was acknowledged: kind, id, fence or version.</summary>
    public static async Task Write(string file)
    {
        await using var store = SqliteStore.Open(file);
        var locks = new SqliteRunLockManager(store);
        var operations = new SqliteIdempotencyStore(store);
        var checkpoints = new SqliteCheckpointManager(store);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var n = 0; ; n++)
            {
                var id = $"{Environment.ProcessId}-{i}-{n}";
                var held = await locks.AcquireAsync(id, new() { Ttl = TimeSpan.FromHours(1) });
                Say($"lock {id} {held.Fence}");
                var key = IdempotencyKey.Create(id, "s", "o");
                var run = (await operations.BeginAsync(key, new() { InProgressTimeout = TimeSpan.FromHours(1) })).Execution!;
                Say($"begin {id} {run.Fence}");
                await run.CompleteAsync($"\"{id}\"");
                Say($"done {id} {run.Fence}");
                var saved = await checkpoints.CreateAsync(Resume.Runs.Of("dp") with { RunId = id });
                Say($"checkpoint {id} {saved.Version}");
                await held.ReleaseAsync();
                Say($"released {id} {held.Fence}");
            }
        })));
    }

    /// <summary>
    /// One caller that does everything that a store does, step by step, and says what was acknowledged: step, id, fence or version or time. The log is
    /// copied back into the file every few pages, and the file is closed at the end, so that those writes are met, too.
    /// </summary>
    /// <param name="flush">False makes the store one that trusts the system's cache: to see whether that is noticed.</param>
    public static async Task Steps(string file, string id, bool flush)
    {
        await using var store = SqliteStore.Open(file);
        if (!flush)
            await Unflushed(store);
        await store.Writer.ReadAsync(s => s.Connection.Scalar("PRAGMA wal_autocheckpoint = 16"), default);
        for (var round = 0; round < 2; round++)
            await Round(new SqliteRunLockManager(store), new SqliteIdempotencyStore(store), new SqliteCheckpointManager(store), $"{id}-{round}", round == 0);
    }

    private static async Task Unflushed(SqliteStore store)
    {
        // SQLite refuses it inside of a transaction, and every item of the writer has one around it.
        await store.Writer.ReadAsync(s =>
        {
            s.Connection.Run("COMMIT; PRAGMA synchronous = OFF; BEGIN");
            return 0;
        }, default);
    }

    /// <summary>The same on both stores, opened as applications do.</summary>
    public static async Task Offline(string file)
    {
        foreach (var uri in new[] { "memory:", $"sqlite:{file}" })
        {
            await using var stores = new StoreRegistry().AddSqlite().Open(uri);
            await Round(stores.Locks, stores.Idempotency, stores.Checkpoints, uri[..6], true);
        }
    }

    private static async Task Round(RunLockManager locks, IdempotencyStore operations, CheckpointManager checkpoints, string id, bool release)
    {
        var held = await locks.AcquireAsync(id, new() { Ttl = TimeSpan.FromHours(1) });
        Say($"lock {id} {held.Fence}");
        await held.ExtendAsync(TimeSpan.FromHours(2));
        Say($"extended {id} {held.ExpiresAt.UtcTicks}");
        var run = (await operations.BeginAsync(IdempotencyKey.Create(id, "s", "done"), new() { InProgressTimeout = TimeSpan.FromHours(1) })).Execution!;
        Say($"begin {id} {run.Fence}");
        await run.CompleteAsync($"\"{id}\"");
        Say($"done {id} {run.Fence}");
        run = (await operations.BeginAsync(IdempotencyKey.Create(id, "s", "failed"), new() { InProgressTimeout = TimeSpan.FromHours(1) })).Execution!;
        Say($"begun {id} {run.Fence}");
        await run.FailAsync(new PolicyDeniedException(id));
        Say($"failed {id} {run.Fence}");
        var first = await checkpoints.CreateAsync(Resume.Runs.Of("dpp") with { RunId = id });
        Say($"checkpoint {id} {first.Version}");
        var second = await checkpoints.CreateAsync(Resume.Runs.Of("ddp") with { RunId = id }, previous: first);
        Say($"saved {id} {second.Version}");
        if (!release)
            return;
        await held.ReleaseAsync();
        Say($"released {id} {held.Fence}");
    }

    /// <summary>Eight threads take one lock in turn; whoever finds somebody inside says so by its exit code.</summary>
    public static async Task<int> Contend(string file, string folder, int count)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = file, BusyTimeout = TimeSpan.FromMinutes(1) });
        var locks = new SqliteRunLockManager(store);
        var broken = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < count; n++)
            {
                await locks.WithLockAsync("contended", async (held, _) =>
                {
                    try
                    {
                        await using var inside = new FileStream(Path.Combine(folder, "inside"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                        // Read, add, write: two at once would lose one of the two.
                        var counter = Path.Combine(folder, "counter");
                        var count = File.Exists(counter) ? int.Parse(await File.ReadAllTextAsync(counter), CultureInfo.InvariantCulture) : 0;
                        await File.WriteAllTextAsync(counter, (count + 1).ToString(CultureInfo.InvariantCulture));
                        await File.AppendAllTextAsync(Path.Combine(folder, "fences"), string.Create(CultureInfo.InvariantCulture, $"{held.Fence}\n"));
                    }
                    catch (IOException)
                    {
                        Interlocked.Increment(ref broken);
                    }
                }, new() { WaitTimeout = TimeSpan.FromMinutes(2), RetryInterval = TimeSpan.FromMilliseconds(5), Ttl = TimeSpan.FromMinutes(5) });
            }
        })));
        return broken == 0 ? 0 : 1;
    }

    /// <summary>Takes the lock, is stopped by its parent past the end of the lease, and tries to write.</summary>
    public static async Task<int> Sleepy(string file, string resource)
    {
        await using var store = SqliteStore.Open(file);
        var held = await new SqliteRunLockManager(store).AcquireAsync("run", new() { Ttl = TimeSpan.FromMilliseconds(300) });
        Say($"held run {held.Fence}");
        await Console.In.ReadLineAsync();
        using var connection = new SqliteConnection($"Data Source={resource};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            SqliteLockGuard.Pass(connection, transaction, "t", held.Fence);
            transaction.Commit();
            return 1;
        }
        catch (LockLostException)
        {
            return held.IsLost ? 0 : 2;
        }
    }

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{line}\n"));
            Console.Out.Flush();
        }
    }
}
