using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Idempotency;

public class MemoryIdempotency : IdempotencyConformance<MemoryUnderTest>;

/// <summary>What every store's idempotency holds.</summary>
public abstract class IdempotencyConformance<TStore> : IAsyncLifetime
    where TStore : StoreUnderTest, new()
{
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);
    private static readonly IdempotencyKey s_key = IdempotencyKey.CreateFrom("run", "step", "op", new { x = 1 });

    protected TStore Store { get; } = new();

    private ObservedTime Time => Store.Time;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task The_first_begin_starts_and_its_record_is_pending()
    {
        var store = Store.Idempotency();
        var attempt = await store.BeginAsync(s_key);
        attempt.Started.ShouldBeTrue();
        var record = (await store.GetAsync(s_key)).ShouldNotBeNull();
        record.ShouldBe(attempt.Record);
        (record.Status, record.RunId, record.StepId, record.Operation, record.InputHash).ShouldBe((IdempotencyStatus.Pending, "run", "step", "op", s_key.InputHash));
        (record.CreatedAt, record.ExpiresAt, record.CompletedAt).ShouldBe((Time.GetUtcNow(), Time.GetUtcNow() + s_minute, null));
        record.Fence.ShouldBePositive();
    }

    [Fact]
    public async Task A_second_begin_gets_the_record_and_the_same_owner_gets_its_execution_again()
    {
        var store = Store.Idempotency();
        var owner = OwnerToken.Create();
        var first = await store.BeginAsync(s_key, new() { OwnerToken = owner });
        var second = await Store.Idempotency().BeginAsync(s_key);
        second.Started.ShouldBeFalse();
        second.Record.ShouldBe(first.Record);
        var again = await store.BeginAsync(s_key, new() { OwnerToken = owner });
        again.Started.ShouldBeTrue();
        again.Execution!.Fence.ShouldBe(first.Execution!.Fence);
    }

    [Fact]
    public async Task An_outcome_is_kept_for_a_day_and_not_a_tick_longer()
    {
        var store = Store.Idempotency();
        var run = (await store.BeginAsync(s_key)).Execution!;
        Time.Advance(s_minute / 2);
        (await run.CompleteAsync("""{"n":0}""")).ShouldBeTrue();
        var record = (await store.GetAsync(s_key)).ShouldNotBeNull();
        (record.Status, record.ResultJson, record.CompletedAt, record.ExpiresAt).ShouldBe((IdempotencyStatus.Completed, """{"n":0}""", Time.GetUtcNow(), Time.GetUtcNow() + s_day));
        Time.Advance(s_day - TimeSpan.FromTicks(1));
        (await store.BeginAsync(s_key)).Record.ShouldBe(record);
        (await store.CheckAsync(s_key)).Skip.ShouldBeTrue();
        Time.Advance(TimeSpan.FromTicks(1));
        (await store.GetAsync(s_key)).ShouldBeNull();
        (await store.ListByRunAsync("run")).ShouldBeEmpty();
        (await store.CheckAsync(s_key)).ShouldBe(new IdempotencyCheck(false, null));
        var next = await store.BeginAsync(s_key);
        next.Started.ShouldBeTrue();
        next.Record.Fence.ShouldBeGreaterThan(record.Fence);
    }

    [Fact]
    public async Task A_crash_blocks_the_key_for_the_time_in_progress_only_and_the_late_executor_writes_nothing()
    {
        var store = Store.Idempotency();
        var dead = (await store.BeginAsync(s_key)).Execution!;
        Time.Advance(s_minute);
        (await dead.CompleteAsync("1")).ShouldBeFalse();
        var next = (await Store.Idempotency().BeginAsync(s_key)).Execution.ShouldNotBeNull();
        next.Fence.ShouldBeGreaterThan(dead.Fence);
        (await store.CompleteAsync(s_key, dead.OwnerToken, dead.Fence, "1")).ShouldBeFalse();
        (await store.FailAsync(s_key, dead.OwnerToken, dead.Fence, FailureInfo.From(new IOException()))).ShouldBeFalse();
        (await store.DeleteAsync(s_key, dead.OwnerToken, dead.Fence)).ShouldBeFalse();
        (await store.RenewAsync(s_key, dead.OwnerToken, dead.Fence, s_minute)).ShouldBeFalse();
        (await next.CompleteAsync("2")).ShouldBeTrue();
        (await store.GetAsync(s_key))!.ResultJson.ShouldBe("2");
    }

    [Fact]
    public async Task Only_owner_and_fence_together_write()
    {
        var store = Store.Idempotency();
        var run = (await store.BeginAsync(s_key)).Execution!;
        (await store.CompleteAsync(s_key, OwnerToken.Create(), run.Fence, "1")).ShouldBeFalse();
        (await store.CompleteAsync(s_key, run.OwnerToken, run.Fence + 1, "1")).ShouldBeFalse();
        (await store.DeleteAsync(s_key, OwnerToken.Create(), run.Fence)).ShouldBeFalse();
        (await store.GetAsync(s_key))!.Status.ShouldBe(IdempotencyStatus.Pending);
        (await store.CompleteAsync(s_key, run.OwnerToken, run.Fence, "1")).ShouldBeTrue();
        (await store.CompleteAsync(s_key, run.OwnerToken, run.Fence, "1")).ShouldBeTrue("the acknowledgement may have been lost");
        (await store.CompleteAsync(s_key, run.OwnerToken, run.Fence, "2")).ShouldBeFalse();
        (await store.FailAsync(s_key, run.OwnerToken, run.Fence, FailureInfo.From(new IOException()))).ShouldBeFalse();
        (await store.GetAsync(s_key))!.ResultJson.ShouldBe("1");
    }

    [Fact]
    public async Task Renewal_moves_the_end_and_never_back()
    {
        var store = Store.Idempotency();
        var run = (await store.BeginAsync(s_key)).Execution!;
        var start = Time.GetUtcNow();
        Time.Advance(s_minute / 2);
        (await run.RenewAsync()).ShouldBeTrue();
        (await store.GetAsync(s_key))!.ExpiresAt.ShouldBe(start + (1.5 * s_minute));
        (await store.RenewAsync(s_key, run.OwnerToken, run.Fence, TimeSpan.FromSeconds(1))).ShouldBeTrue();
        (await store.GetAsync(s_key))!.ExpiresAt.ShouldBe(start + (1.5 * s_minute));
        await run.CompleteAsync("1");
        (await store.RenewAsync(s_key, run.OwnerToken, run.Fence, s_minute)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_input_is_an_error_that_says_so()
    {
        var store = Store.Idempotency();
        var other = IdempotencyKey.CreateFrom("run", "step", "op", new { x = 2 });
        var run = (await store.BeginAsync(s_key)).Execution!;
        var e = await Should.ThrowAsync<IdempotencyConflictException>(async () => await store.BeginAsync(other));
        (e.Conflict, ErrorTaxonomy.ToExitCode(e)).ShouldBe((IdempotencyConflict.InputMismatch, 24));
        await run.FailAsync(new RetryableException("x"));
        await Should.ThrowAsync<IdempotencyConflictException>(async () => await store.BeginAsync(other));
        await Should.ThrowAsync<IdempotencyConflictException>(async () => await store.CheckAsync(other));
        Time.Advance(s_day);
        (await store.BeginAsync(other)).Started.ShouldBeTrue();
    }

    [Fact]
    public async Task A_permanent_failure_is_kept_with_everything_and_a_transient_one_is_no_obstacle()
    {
        var store = Store.Idempotency();
        var run = (await store.BeginAsync(s_key)).Execution!;
        (await run.FailAsync(new PolicyDeniedException("no", "P7", "rm"))).ShouldBeTrue();
        var kept = await store.BeginAsync(s_key);
        kept.Started.ShouldBeFalse();
        var replayed = kept.Record.Failure!.ToException().ShouldBeOfType<PolicyDeniedException>();
        (replayed.Message, replayed.PolicyReasonCode, replayed.ToolName, replayed.Retryable).ShouldBe(("no", "P7", "rm", false));
        (await store.CheckAsync(s_key)).Skip.ShouldBeTrue();
        (await store.BeginAsync(s_key, new() { FailurePolicy = FailurePolicy.RunAgain })).Started.ShouldBeTrue();

        var key = IdempotencyKey.Create("run", "step", "transient");
        await (await store.BeginAsync(key)).Execution!.FailAsync(new RetryableException("later", ErrorCode.RateLimited));
        (await store.CheckAsync(key)).Skip.ShouldBeFalse();
        (await store.BeginAsync(key, new() { FailurePolicy = FailurePolicy.ReplayAll })).Record.Failure!.Retryable.ShouldBeTrue();
        (await store.BeginAsync(key)).Started.ShouldBeTrue();
    }

    [Fact]
    public async Task Delete_forgets_for_the_owner_and_force_delete_for_operators()
    {
        var store = Store.Idempotency();
        var run = (await store.BeginAsync(s_key)).Execution!;
        (await run.AbandonAsync()).ShouldBeTrue();
        (await store.GetAsync(s_key)).ShouldBeNull();
        run = (await store.BeginAsync(s_key)).Execution!;
        (await store.ForceDeleteAsync(s_key)).ShouldBeTrue();
        (await store.ForceDeleteAsync(s_key)).ShouldBeFalse();
        (await run.CompleteAsync("1")).ShouldBeFalse();
    }

    [Fact]
    public async Task Lists_cleanup_and_get_agree_on_what_has_expired()
    {
        var store = Store.Idempotency();
        foreach (var (step, op, ttl) in new[] { ("b", "x", 2), ("a", "y", 2), ("a", "x", 2), ("gone", "x", 1) })
            await store.BeginAsync(IdempotencyKey.Create("run", step, op), new() { InProgressTimeout = TimeSpan.FromSeconds(ttl) });
        await store.BeginAsync(IdempotencyKey.Create("other", "a", "x"), new() { InProgressTimeout = TimeSpan.FromSeconds(1) });
        (await store.CleanupAsync()).ShouldBe(0);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await store.ListByRunAsync("run")).Select(r => (r.StepId, r.Operation)).ShouldBe([("a", "x"), ("a", "y"), ("b", "x")]);
        (await store.GetAsync(IdempotencyKey.Create("run", "gone", "x"))).ShouldBeNull();
        (await store.CleanupAsync()).ShouldBe(2);
        (await store.CleanupAsync()).ShouldBe(0);
        (await store.ListByRunAsync("run")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Tenants_and_awkward_ids_are_kept_apart()
    {
        var acme = Store.Idempotency("acme");
        var other = Store.Idempotency("other");
        (await acme.BeginAsync(s_key)).Started.ShouldBeTrue();
        (await other.BeginAsync(s_key)).Started.ShouldBeTrue();
        (await other.BeginAsync(IdempotencyKey.CreateFrom("run", "step", "op", new { x = 1 }, "acme"))).Started.ShouldBeFalse();
        string[] parts = ["a:b", "a%3Ab", "a", "b", "😀", "' OR 1=1 --"];
        foreach (var step in parts)
        {
            foreach (var op in parts)
                (await acme.BeginAsync(IdempotencyKey.Create("awkward", step, op))).Started.ShouldBeTrue();
        }

        (await acme.ListByRunAsync("awkward")).Count.ShouldBe(36);
    }

    [Fact]
    public async Task Of_many_parallel_callers_one_executes_and_all_get_its_result()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Store.Idempotency()).ToArray();
        var runs = 0;
        var go = new TaskCompletionSource();
        var calls = Enumerable.Range(0, 16).Select(i => stores[i % 4].WithIdempotencyAsync(s_key, async (_, _) =>
        {
            var n = Interlocked.Increment(ref runs);
            await go.Task;
            return n;
        }, new() { WhenInFlight = InFlight.Wait })).ToList();
        go.SetResult();
        await Task.WhenAny(calls);
        while (!Task.WhenAll(calls).IsCompleted)
        {
            if (!Store.TellsOthers)
                Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await Task.WhenAll(calls)).ShouldAllBe(n => n == 1);
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_result_may_be_falsy_empty_or_large()
    {
        var store = Store.Idempotency();
        foreach (var (op, json) in new[] { ("null", "null"), ("zero", "0"), ("false", "false"), ("empty", "\"\""), ("large", "\"" + new string('x', 1_000_000) + "\""), ("text", "\"😀\\u0000\"") })
        {
            var key = IdempotencyKey.Create("run", "s", op);
            (await (await store.BeginAsync(key)).Execution!.CompleteAsync(json)).ShouldBeTrue();
            (await store.CheckAsync(key)).ResultJson.ShouldBe(json);
        }
    }
}
