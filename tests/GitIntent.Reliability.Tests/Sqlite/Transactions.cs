using System.Buffers.Binary;
using GitIntent.Reliability.Sqlite;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Tests.Sqlite;

/// <summary>Who commits, and how often.</summary>
public sealed class Transactions : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    private string File => Path.Combine(_folder, "state.db");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Begin_and_complete_are_one_transaction_each()
    {
        await using var store = SqliteStore.Open(File);
        var operations = new SqliteIdempotencyStore(store);
        var before = Commits();
        var run = (await operations.BeginAsync(IdempotencyKey.Create("run", "step", "operation"))).Execution!;
        Commits().ShouldBe(before + 1);
        await run.CompleteAsync("1");
        Commits().ShouldBe(before + 2);
    }

    [Fact]
    public async Task Who_comes_alone_commits_on_its_own_thread()
    {
        await using var store = SqliteStore.Open(File);
        var write = store.Writer.WriteAsync(_ => Environment.CurrentManagedThreadId, default);
        write.IsCompletedSuccessfully.ShouldBeTrue();
        (await write).ShouldBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task Who_may_give_up_meanwhile_is_not_held_up_by_a_commit()
    {
        await using var store = SqliteStore.Open(File);
        using var stop = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var write = store.Writer.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(1)), stop.Token);
        write.IsCompleted.ShouldBeFalse();
        gate.Set();
        (await write).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_is_held_up_by_another_process_that_writes()
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = File, BusyTimeout = TimeSpan.FromMinutes(1) });
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        other.Run("BEGIN IMMEDIATE");
        var asked = new SqliteRunLockManager(store).AcquireAsync("run");
        asked.IsCompleted.ShouldBeFalse();
        other.Run("ROLLBACK");
        (await asked).Fence.ShouldBePositive();
    }

    [Fact]
    public async Task Who_fails_alone_gets_its_typed_error_and_the_next_one_goes_on()
    {
        await using var store = SqliteStore.Open(File);
        var bad = store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('t', NULL, 1, '{}')"), default);
        bad.IsCompleted.ShouldBeTrue();
        await Should.ThrowAsync<SqliteStoreException>(async () => await bad);
        (await new SqliteRunLockManager(store).AcquireAsync("run")).Fence.ShouldBePositive();
    }

    /// <summary>A frame of the write-ahead log ends a transaction where its second word is not zero (sqlite.org/fileformat2.html, 4.1).</summary>
    private int Commits()
    {
        using var file = new FileStream(File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[32];
        file.ReadExactly(header);
        var frame = new byte[24 + BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8))];
        var commits = 0;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length && frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8)))
            commits += BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) == 0 ? 0 : 1;
        return commits;
    }
}
