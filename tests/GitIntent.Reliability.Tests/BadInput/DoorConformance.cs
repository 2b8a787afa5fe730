using System.Text.Json;
using GitIntent.Reliability.Tests.Resume;
using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.BadInput;

public class MemoryDoors : DoorConformance<MemoryUnderTest>;

public class SqliteDoors : DoorConformance<SqliteUnderTest>;

/// <summary>What no store may take: one typed error each, before the store is asked, and nothing that was there is lost.</summary>
public abstract class DoorConformance<TStore> : IAsyncLifetime
    where TStore : StoreUnderTest, new()
{
    private static readonly string[] s_ids = ["", " ", "\t", "a\0b", "\ud800", "a\udc00b", "\ud800\ud800", "a\nb", "\u001b[31m", "\u007f", new('x', 513), new('x', 1_000_000)];

    private static readonly TimeSpan[] s_times = [TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromTicks(1), TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromDays(3651), Timeout.InfiniteTimeSpan];

    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("good", "s", "o");

    private readonly TStore _store = new();
    private RunLockManager _locks = null!;
    private IdempotencyStore _operations = null!;
    private CheckpointManager _checkpoints = null!;
    private RunLockHandle _held = null!;
    private IdempotencyExecution _run = null!;
    private IdempotencyRecord _record = null!;
    private RunCheckpoint _saved = null!;

    public async Task InitializeAsync()
    {
        (_locks, _operations, _checkpoints) = (_store.Locks(), _store.Idempotency(), _store.Checkpoints());
        _held = await _locks.AcquireAsync("good");
        var attempt = await _operations.BeginAsync(s_key);
        (_run, _record) = (attempt.Execution!, attempt.Record);
        _saved = await _checkpoints.CreateAsync(Runs.Of("dp") with { RunId = "good" });
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task An_unacceptable_id_is_refused_at_every_door_by_the_name_of_its_field()
    {
        foreach (var id in s_ids)
        {
            (string Field, Func<Task> Call)[] doors =
            [
                ("runId", async () => await _locks.AcquireAsync(id)),
                ("runId", async () => await _locks.TryAcquireAsync(id)),
                ("runId", async () => await _locks.WithLockAsync(id, (_, _) => throw new InvalidTimeZoneException("it ran"))),
                ("runId", async () => await _locks.GetLockAsync(id)),
                ("runId", async () => await _locks.ForceReleaseAsync(id)),
                ("runId", async () => await _locks.ReleaseAsync(id, _held.OwnerToken)),
                ("runId", async () => await _locks.ExtendAsync(id, _held.OwnerToken, TimeSpan.FromSeconds(1))),
                ("tenant", async () => await _locks.AcquireAsync(new RunKey("run", id))),
                ("tenant", async () => await _locks.ListLocksAsync(id)),
                ("holderId", async () => await _locks.AcquireAsync("run", new() { HolderId = id })),
                ("runId", async () => await _operations.BeginAsync(IdempotencyKey.Create(id, "s", "o"))),
                ("stepId", async () => await _operations.BeginAsync(IdempotencyKey.Create("run", id, "o"))),
                ("operation", async () => await _operations.BeginAsync(IdempotencyKey.Create("run", "s", id))),
                ("runId", async () => await _operations.ListByRunAsync(id)),
                ("runId", async () => await _checkpoints.CreateAsync(Runs.Of("dp") with { RunId = id })),
                ("tenant", async () => await _checkpoints.CreateAsync(Runs.Of("dp") with { Tenant = id })),
                ("runId", async () => await _checkpoints.GetAsync(id)),
                ("runId", async () => await _checkpoints.DeleteAsync(id)),
                ("tenant", async () => await _checkpoints.ListAsync(id)),
            ];
            for (var i = 0; i < doors.Length; i++)
                await Refused(doors[i].Call, $"door {i} for an id of {id.Length} characters", doors[i].Field);
        }

        await NothingIsLost();
    }

    [Fact]
    public async Task An_unacceptable_time_is_refused_at_every_door()
    {
        foreach (var time in s_times)
        {
            Func<Task>[] doors =
            [
                async () => await _locks.AcquireAsync("run", new() { Ttl = time }),
                async () => await _locks.ExtendAsync("good", _held.OwnerToken, time, allowShorten: true),
                async () => await _held.ExtendAsync(time, allowShorten: true),
                async () => await _locks.AcquireAsync("run", new() { AutoRenewCap = time }),
                async () => await _operations.BeginAsync(IdempotencyKey.Create("run", "s", "o"), new() { InProgressTimeout = time }),
                async () => await _operations.BeginAsync(IdempotencyKey.Create("run", "s", "o"), new() { ResultTtl = time }),
                async () => await _operations.RenewAsync(s_key, _run.OwnerToken, _run.Fence, time),
                async () => await _operations.CompleteAsync(s_key, _run.OwnerToken, _run.Fence, "1", time),
                async () => await _operations.FailAsync(s_key, _run.OwnerToken, _run.Fence, FailureInfo.From(new IOException()), time),
            ];
            for (var i = 0; i < doors.Length; i++)
                await Refused(doors[i], $"door {i} for {time}");
        }

        await NothingIsLost();
    }

    [Fact]
    public async Task The_shortest_and_the_longest_time_are_kept_to_the_tick()
    {
        foreach (var time in new[] { TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(3650) })
        {
            var held = await _locks.AcquireAsync("run", new() { Ttl = time });
            var run = (await _operations.BeginAsync(IdempotencyKey.Create("run", "s", "o"), new() { InProgressTimeout = time })).Execution!;
            _store.Time.Advance(time - TimeSpan.FromTicks(1));
            (await _locks.GetLockAsync("run")).ShouldNotBeNull();
            (await _operations.GetAsync(run.Key)).ShouldNotBeNull();
            _store.Time.Advance(TimeSpan.FromTicks(1));
            (await _locks.GetLockAsync("run")).ShouldBeNull();
            (await _operations.GetAsync(run.Key)).ShouldBeNull();
            (await held.ExtendAsync()).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_result_that_is_no_JSON_or_would_not_come_back_as_it_was_is_refused()
    {
        foreach (var json in new[] { "", " ", "{", "nul", "1 2", "\0", "'a'", "{\"a\":}", "NaN", "\"\ud800\"", "\"\udc00\ud800\"", new string('[', 5000) })
            await Refused(async () => await _run.CompleteAsync(json), $"{json.Length} characters");
        await NothingIsLost();
        (await _run.CompleteAsync("1")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_result_that_does_not_serialise_is_a_typed_error_and_the_operation_does_not_run_again()
    {
        var cycle = new List<object>();
        cycle.Add(cycle);
        object[] results = [cycle, (Action)(() => { }), double.PositiveInfinity, typeof(string)];
        for (var i = 0; i < results.Length; i++)
        {
            var (runs, result) = (0, results[i]);
            var key = IdempotencyKey.Create("run", "s", $"o{i}");
            async Task Run() => await _operations.WithIdempotencyAsync(key, (_, _) =>
            {
                runs++;
                return Task.FromResult(result);
            });
            await Refused(Run, $"result {i}");
            await Refused(Run, $"result {i} again");
            runs.ShouldBe(1);
        }

        await NothingIsLost();
    }

    [Fact]
    public async Task An_artifact_that_is_none_is_refused()
    {
        await Refused(async () => await _checkpoints.CreateAsync(Runs.Of("dp"), new Dictionary<string, JsonElement> { ["s0"] = default }), "undefined");
        await NothingIsLost();
    }

    private static async Task Refused(Func<Task> call, string what, string? field = null)
    {
        var e = (await Errors.Provoke.By(call)).ShouldBeOfType<GwiValidationException>(what);
        ErrorTaxonomy.ToExitCode(e).ShouldBe(20, what);
        if (field is not null)
            e.FieldErrors.Keys.ShouldBe([field], what);
    }

    private async Task NothingIsLost()
    {
        (await _locks.ListLocksAsync()).ShouldBe([_held.Lock]);
        (await _operations.GetAsync(s_key)).ShouldBe(_record);
        (await _checkpoints.GetAsync("good"))!.Version.ShouldBe(_saved.Version);
        (await _checkpoints.ListAsync()).Count.ShouldBe(1);
    }
}
