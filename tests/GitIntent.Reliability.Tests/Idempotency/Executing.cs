using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Idempotency;

/// <summary>What the base class does for every store, on the in-memory one.</summary>
public class Executing
{
    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("run", "step", "op");
    private readonly ObservedTime _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly Breakable _store;
    private int _runs;

    public Executing() => _store = new(new() { TimeProvider = _time });

    [Fact]
    public async Task It_runs_once_and_replays_copies()
    {
        Task<List<int>> Run() => _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(new List<int> { ++_runs }));
        var first = await Run();
        var second = await Run();
        second.ShouldBe(first);
        second.Add(9);
        (await Run()).ShouldBe([1]);
        _runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_permanent_failure_is_thrown_again_without_running()
    {
        Task<int> Run() => _store.WithIdempotencyAsync<int>(s_key, (_, _) => throw new GwiValidationException($"bad {++_runs}", new Dictionary<string, string> { ["f"] = "wrong" }));
        await Should.ThrowAsync<GwiValidationException>(Run);
        var again = await Should.ThrowAsync<GwiValidationException>(Run);
        (again.Message, again.FieldErrors["f"], again.Data["replayed"]).ShouldBe(("bad 1", "wrong", true));
    }

    [Fact]
    public async Task A_foreign_permanent_failure_keeps_its_code_and_name()
    {
        Task<int> Run() => _store.WithIdempotencyAsync<int>(s_key, (_, _) => throw new FileNotFoundException("gone"));
        await Should.ThrowAsync<FileNotFoundException>(Run);
        var again = await Should.ThrowAsync<GwiException>(Run);
        (again.Code, again.Message, again.Context["originalType"]).ShouldBe((ErrorCode.NotFound, "gone", "FileNotFoundException"));
    }

    [Fact]
    public async Task A_transient_failure_runs_again()
    {
        Task<int> Run() => _store.WithIdempotencyAsync(s_key, (_, _) => ++_runs < 3 ? throw new TimeoutException() : Task.FromResult(_runs));
        await Should.ThrowAsync<TimeoutException>(Run);
        await Should.ThrowAsync<TimeoutException>(Run);
        (await Run()).ShouldBe(3);
        (await Run()).ShouldBe(3);
    }

    [Fact]
    public async Task A_cancellation_is_not_kept()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _store.WithIdempotencyAsync<int>(s_key, async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return 1;
        }, null, stop.Token));
        (await _store.GetAsync(s_key)).ShouldBeNull();
        (await _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(2))).ShouldBe(2);
    }

    [Fact]
    public async Task While_it_is_under_way_others_get_a_conflict_by_default()
    {
        await _store.BeginAsync(s_key);
        var e = await Should.ThrowAsync<IdempotencyConflictException>(() => _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(1)));
        (e.Conflict, e.Code).ShouldBe((IdempotencyConflict.InFlight, ErrorCode.IdempotencyConflict));
    }

    [Fact]
    public async Task A_wait_has_a_deadline_and_a_dead_executor_is_taken_over()
    {
        await _store.BeginAsync(s_key, new() { InProgressTimeout = TimeSpan.FromSeconds(10) });
        var late = _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(1), new() { WhenInFlight = InFlight.Wait, WaitTimeout = TimeSpan.FromSeconds(3) });
        var patient = _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(2), new() { WhenInFlight = InFlight.Wait });
        _time.Advance(TimeSpan.FromSeconds(3));
        (await Should.ThrowAsync<IdempotencyConflictException>(() => late)).Message.ShouldContain("3000 ms");
        _time.Advance(TimeSpan.FromSeconds(7));
        (await patient).ShouldBe(2);
    }

    [Fact]
    public async Task It_is_renewed_while_it_runs_up_to_the_cap_and_its_token_fires_then()
    {
        var done = new TaskCompletionSource<int>();
        CancellationToken lost = default;
        var running = _store.WithIdempotencyAsync(s_key, (_, token) =>
        {
            lost = token;
            return done.Task;
        }, new() { InProgressTimeout = TimeSpan.FromSeconds(3), RenewCap = TimeSpan.FromSeconds(10) });
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            (await _store.GetAsync(s_key)).ShouldNotBeNull();
        }

        lost.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(3));
        lost.IsCancellationRequested.ShouldBeTrue();
        (await _store.BeginAsync(s_key)).Started.ShouldBeTrue();
        done.SetResult(7);
        var e = await Should.ThrowAsync<IdempotencyConflictException>(() => running);
        (e.Conflict, e.Result).ShouldBe((IdempotencyConflict.Superseded, 7));
    }

    [Fact]
    public async Task A_store_that_fails_after_success_does_not_make_it_a_failure()
    {
        var e = await Should.ThrowAsync<ResultUnrecordedException>(() => _store.WithIdempotencyAsync(s_key, (_, _) =>
        {
            _store.Fail = new IOException("down");
            return Task.FromResult("paid");
        }));
        e.Result.ShouldBe("paid");
        _store.Fail = null;
        (await _store.GetAsync(s_key))!.Status.ShouldBe(IdempotencyStatus.Pending);
    }

    [Fact]
    public async Task A_store_that_fails_after_a_failure_does_not_mask_it() =>
        await Should.ThrowAsync<InvalidTimeZoneException>(() => _store.WithIdempotencyAsync<int>(s_key, (_, _) =>
        {
            _store.Fail = new IOException("down");
            throw new InvalidTimeZoneException();
        }));

    [Fact]
    public async Task A_result_without_a_JSON_form_is_a_validation_error_and_does_not_run_again()
    {
        Task<double> Run() => _store.WithIdempotencyAsync(s_key, (_, _) => Task.FromResult(++_runs * double.NaN));
        await Should.ThrowAsync<GwiValidationException>(Run);
        await Should.ThrowAsync<GwiValidationException>(Run);
        _runs.ShouldBe(1);
    }

    [Fact]
    public async Task Options_and_results_are_checked()
    {
        foreach (var wrong in new IdempotencyOptions[] { new() { InProgressTimeout = TimeSpan.Zero }, new() { ResultTtl = TimeSpan.MaxValue }, new() { RenewCap = TimeSpan.Zero }, new() { RetryInterval = TimeSpan.Zero }, new() { WaitTimeout = TimeSpan.FromSeconds(-2) } })
            await Should.ThrowAsync<GwiValidationException>(async () => await _store.BeginAsync(s_key, wrong));
        var run = (await _store.BeginAsync(s_key)).Execution!;
        await Should.ThrowAsync<GwiValidationException>(async () => await _store.CompleteAsync(s_key, run.OwnerToken, run.Fence, "{"));
        await Should.ThrowAsync<GwiValidationException>(async () => await _store.CompleteAsync(s_key, default, run.Fence, "1"));
        var options = new IdempotencyOptions();
        (options.ResultTtl, options.WhenInFlight, options.FailurePolicy).ShouldBe((TimeSpan.FromHours(24), InFlight.Conflict, FailurePolicy.ReplayPermanent));
    }

    /// <summary>The in-memory store behind a connection that can break.</summary>
    private sealed class Breakable(ReliabilityOptions options) : IdempotencyStore(options)
    {
        private readonly MemoryRecords _records = new MemoryStore(options.TimeProvider).Records;

        public Exception? Fail { get; set; }

        protected override ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken) => Answer(() => _records.Begin(request));

        protected override ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken) =>
            Answer(() => _records.Finish(key, owner, fence, outcome, ttl));

        protected override ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken) =>
            Answer(() => _records.Renew(key, owner, fence, inProgressTimeout));

        protected override ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken) => Answer(() => _records.Delete(key, owner, fence));

        protected override ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken) => Answer(() => _records.Get(key));

        protected override ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken) => Answer(() => _records.List(run));

        protected override ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken) => Answer(_records.Cleanup);

        protected override Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider, cancellationToken);

        private ValueTask<T> Answer<T>(Func<T> ask) => Fail is null ? new(ask()) : ValueTask.FromException<T>(Fail);
    }
}
