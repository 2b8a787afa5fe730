using System.Globalization;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>What child processes do on file systems that their parent made bad. A failed expectation ends the process with its message.</summary>
internal static class Disks
{
    /// <summary>Writes until the disk is full, looks whether everything acknowledged is there, makes room, and goes on.</summary>
    public static async Task<int> Full(string folder)
    {
        var file = Path.Combine(folder, "state.db");
        var ballast = Path.Combine(folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[200_000]);
        Dictionary<IdempotencyKey, string> kept = [];
        SqliteStoreException? failure = null;
        await using (var store = SqliteStore.Open(file))
        {
            var operations = new SqliteIdempotencyStore(store);
            for (var n = 0; failure is null && n < 10_000; n++)
            {
                var key = IdempotencyKey.Create("run", "s", n.ToString(CultureInfo.InvariantCulture));
                var json = string.Create(CultureInfo.InvariantCulture, $"\"{n}:{new string('x', 3000)}\"");
                try
                {
                    (await (await operations.BeginAsync(key)).Execution!.CompleteAsync(json)).ShouldBeTrue();
                    kept.Add(key, json);
                }
                catch (SqliteStoreException e)
                {
                    failure = e;
                }
            }

            failure.ShouldNotBeNull().Failure.ShouldBe(SqliteStoreFailure.Full);
            (ErrorTaxonomy.ToExitCode(failure), ErrorTaxonomy.IsRetryable(failure)).ShouldBe((41, false));
            failure.Message.ShouldContain("full");
            await Check(operations, kept);
            File.Delete(ballast);
            await using var held = await new SqliteRunLockManager(store).AcquireAsync("run");
        }

        await using var again = SqliteStore.Open(file);
        await Check(new SqliteIdempotencyStore(again), kept);
        kept.Count.ShouldBeGreaterThan(10);
        return 0;
    }

    /// <summary>Acquires a lock, and ends with the file closed.</summary>
    public static async Task<int> Keep(string file)
    {
        await using var store = SqliteStore.Open(file);
        await new SqliteRunLockManager(store).AcquireAsync("run", new() { Ttl = TimeSpan.FromHours(1) });
        return 0;
    }

    /// <summary>That lock is there, and the store can be written to.</summary>
    public static async Task<int> Kept(string file)
    {
        await using var store = SqliteStore.Open(file);
        var locks = new SqliteRunLockManager(store);
        (await locks.GetLockAsync("run")).ShouldNotBeNull();
        await using var held = await locks.AcquireAsync("other");
        return 0;
    }

    /// <summary>The file system is read-only.</summary>
    public static async Task<int> ReadOnly(string file)
    {
        var e = Should.Throw<SqliteStoreException>(() => SqliteStore.Open(file));
        e.Failure.ShouldBeOneOf(SqliteStoreFailure.ReadOnly, SqliteStoreFailure.CannotOpen);
        ErrorTaxonomy.ToExitCode(e).ShouldBe(41);
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open($"{file}.new")).Failure.ShouldBeOneOf(SqliteStoreFailure.ReadOnly, SqliteStoreFailure.CannotOpen);
        try
        {
            await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = file, ReadOnly = true });
            (await new SqliteRunLockManager(store).GetLockAsync("run")).ShouldNotBeNull();
        }
        catch (SqliteStoreException cannot)
        {
            // SQLite needs to make the log's index beside a file in write-ahead mode, even to read it.
            cannot.Failure.ShouldBe(SqliteStoreFailure.CannotOpen);
        }

        return 0;
    }

    private static async Task Check(SqliteIdempotencyStore operations, Dictionary<IdempotencyKey, string> kept)
    {
        foreach (var (key, json) in kept)
            (await operations.CheckAsync(key)).ResultJson.ShouldBe(json);
    }
}
