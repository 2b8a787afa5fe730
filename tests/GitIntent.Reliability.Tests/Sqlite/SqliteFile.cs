using GitIntent.Reliability.Sqlite;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Tests.Sqlite;

/// <summary>The file itself: made, upgraded, refused, kept.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    private string File => Path.Combine(_folder, "state.db");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_and_fences_go_on()
    {
        long fence;
        await using (var store = SqliteStore.Open(File))
        {
            var held = await new SqliteRunLockManager(store).AcquireAsync("run", new() { Reason = "x" });
            fence = held.Fence;
            await (await new SqliteIdempotencyStore(store).BeginAsync(IdempotencyKey.Create("run", "s", "o"))).Execution!.CompleteAsync("42");
        }

        await using (var store = SqliteStore.Open(File))
        {
            var locks = new SqliteRunLockManager(store);
            (await locks.GetLockAsync("run"))!.Fence.ShouldBe(fence);
            await locks.ForceReleaseAsync("run");
            (await locks.AcquireAsync("run")).Fence.ShouldBeGreaterThan(fence);
            (await new SqliteIdempotencyStore(store).CheckAsync(IdempotencyKey.Create("run", "s", "o"))).ResultJson.ShouldBe("42");
        }
    }

    [Fact]
    public async Task It_is_durable_and_in_write_ahead_mode()
    {
        await using var store = SqliteStore.Open(File);
        var pragmas = await store.Writer.ReadAsync(s => (s.Connection.Scalar("PRAGMA synchronous"), (string)new SqliteCommand("PRAGMA journal_mode", s.Connection).ExecuteScalar()!), default);
        pragmas.ShouldBe((2L, "wal"));
        var inTransaction = 0L;
        await store.Writer.WriteAsync(s => inTransaction = s.Connection.Scalar("PRAGMA application_id"), default);
        inTransaction.ShouldBe(Schema.ApplicationId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_older_schema_is_upgraded_and_keeps_its_data(int schema)
    {
        await using (var old = SqliteWriter.Start(new SqliteStoreOptions { Path = File }, TimeProvider.System, schema))
            await old.WriteAsync(s => s.Execute("INSERT INTO locks VALUES ('default', 'run', 'o', 'holder-1', ?2, 0, ?1, NULL)", DateTimeOffset.MaxValue.Ticks, s.Next()), default);
        await using var store = SqliteStore.Open(File);
        (await new SqliteRunLockManager(store).GetLockAsync("run"))!.HolderId.ShouldBe("holder-1");
        await new SqliteCheckpointManager(store).CreateAsync(Resume.Runs.Of("dp"));
        (await store.Writer.ReadAsync(s => s.Connection.Scalar("PRAGMA user_version"), default)).ShouldBe(Schema.Version);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using (var store = SqliteStore.Open(File))
            await store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('t', 'r', 1, '{}')"), default);
        Raw("PRAGMA user_version = 99");
        var e = Should.Throw<SqliteStoreException>(() => SqliteStore.Open(File));
        (e.Failure, e.Code).ShouldBe((SqliteStoreFailure.NewerVersion, ErrorCode.ConfigurationError));
        e.Message.ShouldContain("99");
        Raw("PRAGMA user_version").ShouldBe(99L);
        Raw("SELECT count(*) FROM checkpoints").ShouldBe(1L);
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        Raw("CREATE TABLE theirs (x)");
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open(File)).Failure.ShouldBe(SqliteStoreFailure.Foreign);
        Raw("SELECT count(*) FROM sqlite_schema").ShouldBe(1L);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = new string('x', 5000);
        System.IO.File.WriteAllText(File, text);
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open(File)).Failure.ShouldBe(SqliteStoreFailure.NotADatabase);
        System.IO.File.ReadAllText(File).ShouldBe(text);
    }

    [Fact]
    public async Task A_truncated_file_is_an_error_and_never_an_empty_store()
    {
        await using (var store = SqliteStore.Open(File))
            await new SqliteRunLockManager(store).AcquireAsync("run");
        foreach (var length in new[] { 100L, 4096, 8192 + 100 })
        {
            var copy = Path.Combine(_folder, $"cut{length}.db");
            System.IO.File.Copy(File, copy);
            using (var cut = System.IO.File.OpenWrite(copy))
                cut.SetLength(length);
            var e = await Errors.Provoke.By(async () =>
            {
                await using var store = SqliteStore.Open(copy);
                await new SqliteRunLockManager(store).AcquireAsync("run-2");
            });
            e.ShouldBeOfType<SqliteStoreException>($"{length} bytes").Failure.ShouldBeOneOf(SqliteStoreFailure.Corrupt, SqliteStoreFailure.NotADatabase, SqliteStoreFailure.InputOutput);
            ErrorTaxonomy.ToExitCode(e).ShouldBe(41);
        }
    }

    [Fact]
    public async Task A_file_that_another_process_has_locked_is_busy_and_retryable_and_works_again_later()
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { Path = File, BusyTimeout = TimeSpan.Zero });
        var locks = new SqliteRunLockManager(store);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            other.Run("BEGIN IMMEDIATE");
            var e = (await Errors.Provoke.By(async () => await locks.AcquireAsync("run"))).ShouldBeOfType<SqliteStoreException>();
            (e.Failure, e.Code, ErrorTaxonomy.IsRetryable(e)).ShouldBe((SqliteStoreFailure.Busy, ErrorCode.ServiceUnavailable, true));
        }

        await using var held = await locks.AcquireAsync("run");
    }

    [Fact]
    public async Task A_store_opened_read_only_shows_and_does_not_write()
    {
        await using var store = SqliteStore.Open(File);
        await using var held = await new SqliteRunLockManager(store).AcquireAsync("run");
        await using var readOnly = SqliteStore.Open(new SqliteStoreOptions { Path = File, ReadOnly = true });
        var locks = new SqliteRunLockManager(readOnly);
        (await locks.GetLockAsync("run")).ShouldBe(held.Lock);
        (await Errors.Provoke.By(async () => await locks.AcquireAsync("other"))).ShouldBeOfType<SqliteStoreException>().Failure.ShouldBe(SqliteStoreFailure.ReadOnly);
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder, "none.db"), ReadOnly = true })).Failure.ShouldBe(SqliteStoreFailure.CannotOpen);
    }

    [Fact]
    public async Task A_full_store_refuses_the_write_keeps_the_rest_and_goes_on_when_there_is_room()
    {
        await using var store = SqliteStore.Open(File);
        var operations = new SqliteIdempotencyStore(store);
        var run = (await operations.BeginAsync(IdempotencyKey.Create("run", "s", "o"))).Execution!;
        var pages = await store.Writer.ReadAsync(s => s.Connection.Scalar("PRAGMA page_count"), default);
        await store.Writer.ReadAsync(s => s.Connection.Scalar($"PRAGMA max_page_count = {pages}"), default);
        var e = (await Errors.Provoke.By(async () => await operations.CompleteAsync(run.Key, run.OwnerToken, run.Fence, $"\"{new string('x', 100_000)}\""))).ShouldBeOfType<SqliteStoreException>();
        (e.Failure, e.Code).ShouldBe((SqliteStoreFailure.Full, ErrorCode.ConfigurationError));
        (await operations.GetAsync(run.Key))!.Status.ShouldBe(IdempotencyStatus.Pending);
        await store.Writer.ReadAsync(s => s.Connection.Scalar("PRAGMA max_page_count = 1000000"), default);
        (await run.CompleteAsync("1")).ShouldBeTrue();
    }

    [Fact]
    public void A_path_that_cannot_be_opened_says_so()
    {
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open(Path.Combine(_folder, "none", "state.db"))).Failure.ShouldBe(SqliteStoreFailure.CannotOpen);
        Should.Throw<SqliteStoreException>(() => SqliteStore.Open(_folder)).Failure.ShouldBe(SqliteStoreFailure.CannotOpen);
        Should.Throw<GwiValidationException>(() => SqliteStore.Open(" "));
        Should.Throw<GwiValidationException>(() => SqliteStore.Open("a\0b"));
    }

    [Fact]
    public async Task A_record_of_a_newer_version_or_damaged_is_one_error_and_does_not_hurt_its_neighbours()
    {
        await using var store = SqliteStore.Open(File);
        var manager = new SqliteCheckpointManager(store);
        await manager.CreateAsync(Resume.Runs.Of("dp"));
        await store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('default', 'new', 1, '{\"format\":9}')"), default);
        (await Should.ThrowAsync<GwiException>(async () => await manager.GetAsync("new"))).Code.ShouldBe(ErrorCode.ConfigurationError);
        (await manager.GetAsync("run")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("failure = '{'")]
    [InlineData("failure = 'null'")]
    [InlineData("status = 9")]
    [InlineData("created = -1")]
    [InlineData("expires = 9223372036854775807")]
    public async Task A_damaged_operation_is_one_typed_error_and_does_not_hurt_its_neighbours(string damage)
    {
        await using var store = SqliteStore.Open(File);
        var operations = new SqliteIdempotencyStore(store);
        var (good, bad) = (IdempotencyKey.Create("good", "s", "o"), IdempotencyKey.Create("bad", "s", "o"));
        foreach (var key in new[] { good, bad })
            await (await operations.BeginAsync(key)).Execution!.CompleteAsync("1");
        await store.Writer.WriteAsync(s => s.Execute($"UPDATE operations SET {damage} WHERE run = 'bad'"), default);
        foreach (var call in new Func<Task>[] { async () => await operations.GetAsync(bad), async () => await operations.BeginAsync(bad), async () => await operations.ListByRunAsync("bad") })
        {
            var e = (await Errors.Provoke.By(call)).ShouldBeAssignableTo<GwiException>().ShouldNotBeNull();
            e.Code.ShouldBe(ErrorCode.ConfigurationError, e.Message);
        }

        (await operations.CheckAsync(good)).ResultJson.ShouldBe("1");
        (await operations.ForceDeleteAsync(bad)).ShouldBeTrue();
        (await operations.BeginAsync(bad)).Started.ShouldBeTrue();
    }

    [Fact]
    public async Task One_failing_item_of_a_batch_fails_alone()
    {
        await using var store = SqliteStore.Open(File);
        using var gate = new ManualResetEventSlim();
        var first = await HeldUp(store, gate);
        var good = store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('t', 'good', 1, '{}')"), default).AsTask();
        var bad = store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('t', NULL, 1, '{}')"), default).AsTask();
        var broken = store.Writer.WriteAsync<int>(_ => throw new InvalidTimeZoneException(), default).AsTask();
        var also = store.Writer.WriteAsync(s => s.Execute("INSERT INTO checkpoints VALUES ('t', 'also', 1, '{}')"), default).AsTask();
        gate.Set();
        await Task.WhenAll(first, good, also);
        await Should.ThrowAsync<SqliteStoreException>(() => bad);
        await Should.ThrowAsync<InvalidTimeZoneException>(() => broken);
        (await new SqliteCheckpointManager(store).DeleteAsync(new RunKey("good", "t"))).ShouldBeTrue();
        (await new SqliteCheckpointManager(store).DeleteAsync(new RunKey("also", "t"))).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_callers_share_a_transaction()
    {
        await using var store = SqliteStore.Open(File);
        using var gate = new ManualResetEventSlim();
        var first = await HeldUp(store, gate);
        var locks = new SqliteRunLockManager(store);
        var all = Enumerable.Range(0, 32).Select(i => locks.AcquireAsync($"run-{i}").AsTask()).ToList();
        var frames = new FileInfo(File + "-wal").Length;
        gate.Set();
        await Task.WhenAll(all);
        await first;
        // 32 transactions would write at least 32 × 2 pages to the log; one writes each page once.
        (new FileInfo(File + "-wal").Length - frames).ShouldBeLessThan(32 * 2 * 4096);
    }

    /// <summary>A write of another caller's that goes on when the gate opens. It comes alone, so it is done on that caller's thread.</summary>
    private static async Task<Task<int>> HeldUp(SqliteStore store, ManualResetEventSlim gate)
    {
        var underway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = Task.Run(() => store.Writer.WriteAsync(_ =>
        {
            underway.SetResult();
            gate.Wait();
            return 0;
        }, default).AsTask());
        await underway.Task;
        return write;
    }

    [Fact]
    public async Task A_closed_store_says_so_and_what_was_asked_before_is_done()
    {
        var store = SqliteStore.Open(File);
        var locks = new SqliteRunLockManager(store);
        var asked = locks.AcquireAsync("run").AsTask();
        await store.DisposeAsync();
        (await asked).Fence.ShouldBePositive();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await locks.AcquireAsync("other"));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task The_guard_refuses_an_older_fence_inside_of_the_writing_transaction()
    {
        await using var store = SqliteStore.Open(File);
        var locks = new SqliteRunLockManager(store);
        var old = await locks.AcquireAsync("run");
        await locks.ForceReleaseAsync("run");
        var next = await locks.AcquireAsync("run");
        using var resource = new SqliteConnection($"Data Source={Path.Combine(_folder, "resource.db")};Pooling=False");
        resource.Open();
        resource.Run("CREATE TABLE t (x)");
        Write(next.Fence, "next");
        Should.Throw<LockLostException>(() => Write(old.Fence, "old"));
        Write(next.Fence, "next again");
        resource.Scalar("SELECT count(*) FROM t").ShouldBe(2);
        Should.Throw<GwiValidationException>(() => Write(0, "x"));

        void Write(long fence, string text)
        {
            using var transaction = resource.BeginTransaction();
            SqliteLockGuard.Pass(resource, transaction, "t", fence);
            using var command = resource.CreateCommand();
            command.CommandText = $"INSERT INTO t VALUES ('{text}')";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    [Fact]
    public async Task Expired_rows_do_not_pile_up()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var options = new ReliabilityOptions { TimeProvider = time };
        await using var store = SqliteStore.Open(File, options);
        var locks = new SqliteRunLockManager(store, options);
        var operations = new SqliteIdempotencyStore(store, options);
        for (var i = 0; i < 200; i++)
        {
            await locks.AcquireAsync($"run-{i}", new() { Ttl = TimeSpan.FromSeconds(1) });
            await operations.BeginAsync(IdempotencyKey.Create($"run-{i}", "s", "o"), new() { InProgressTimeout = TimeSpan.FromSeconds(1) });
            time.Advance(TimeSpan.FromSeconds(1));
        }

        (await store.Writer.ReadAsync(s => s.Connection.Scalar("SELECT count(*) FROM locks"), default)).ShouldBeLessThan(100);
        (await store.Writer.ReadAsync(s => s.Connection.Scalar("SELECT count(*) FROM operations"), default)).ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Raw_errors_of_the_driver_are_classified_by_their_codes()
    {
        var taxonomy = ErrorTaxonomy.With(SqliteErrors.Classifier);
        var e = await Errors.Provoke.By(() => Task.FromResult(Raw("SELEKT")));
        taxonomy.Wrap(e).Code.ShouldBe(ErrorCode.InternalError);
        Raw("CREATE TABLE t (x UNIQUE)");
        Raw("INSERT INTO t VALUES (1)");
        taxonomy.Wrap(await Errors.Provoke.By(() => Task.FromResult(Raw("INSERT INTO t VALUES (1)")))).Code.ShouldBe(ErrorCode.Conflict);
    }

    private object? Raw(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
