using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Locking;

/// <summary>What the base class does for every store, on the in-memory one.</summary>
public sealed class LeasesAndScopes
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ObservedTime _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly Flaky _locks;

    public LeasesAndScopes() => _locks = new(new() { TimeProvider = _time });

    [Fact]
    public async Task The_lost_token_fires_at_the_end_of_the_lease_less_the_margin()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = s_second, Margin = TimeSpan.FromMilliseconds(100) });
        var lost = held.LostToken;
        _time.Advance(TimeSpan.FromMilliseconds(899));
        lost.IsCancellationRequested.ShouldBeFalse();
        held.IsLost.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeTrue();
        held.IsLost.ShouldBeTrue();
        held.LostToken.ShouldBe(lost);
    }

    [Fact]
    public async Task It_counts_from_when_the_request_was_sent_not_from_when_the_answer_came()
    {
        _locks.Delay = TimeSpan.FromMilliseconds(300);
        var acquiring = _locks.AcquireAsync("run", new() { Ttl = s_second, Margin = TimeSpan.FromMilliseconds(100) }).AsTask();
        _time.Advance(_locks.Delay);
        var held = await acquiring;
        var lost = held.LostToken;
        _time.Advance(TimeSpan.FromMilliseconds(599));
        lost.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_for_too_late_it_has_fired()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = s_second });
        _time.Advance(s_second);
        held.LostToken.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task An_extension_moves_it_and_a_release_silences_it()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = s_second });
        var lost = held.LostToken;
        _time.Advance(s_second / 2);
        (await held.ExtendAsync()).ShouldBeTrue();
        _time.Advance(s_second / 2);
        lost.IsCancellationRequested.ShouldBeFalse();
        await held.DisposeAsync();
        _time.Advance(s_second * 10);
        lost.IsCancellationRequested.ShouldBeFalse();
        (await held.ExtendAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_longer_than_any_timer_is_watched_to_its_end()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = TimeSpan.FromDays(3650), Margin = TimeSpan.Zero });
        var lost = held.LostToken;
        _time.Advance(TimeSpan.FromDays(3650) - s_second);
        lost.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(s_second);
        lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Renewal_keeps_the_lock_up_to_its_cap_and_no_longer()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = 3 * s_second, AutoRenewCap = TimeSpan.FromSeconds(10) });
        for (var i = 1; i <= 9; i++)
        {
            _time.Advance(s_second);
            (await _locks.GetLockAsync("run")).ShouldNotBeNull($"after {i} s");
        }

        held.ExpiresAt.ShouldBe(held.Lock.AcquiredAt + TimeSpan.FromSeconds(10));
        _time.Advance(s_second);
        (await _locks.GetLockAsync("run")).ShouldBeNull();
        held.LostToken.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_being_asked_nothing_renews()
    {
        await _locks.AcquireAsync("run", new() { Ttl = s_second });
        _time.Advance(s_second);
        (await _locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_failing_renewal_is_tried_again_and_the_token_fires_in_time_if_none_succeeds()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = 3 * s_second, AutoRenewCap = TimeSpan.FromHours(1), Margin = TimeSpan.Zero });
        var lost = held.LostToken;
        _locks.Fail = new IOException("down");
        _time.Advance(s_second);
        _locks.Fail = null;
        _time.Advance(s_second);
        _time.Advance(s_second);
        lost.IsCancellationRequested.ShouldBeFalse();
        _locks.Fail = new IOException("down");
        var end = held.ExpiresAt;
        while (_time.GetUtcNow() < end - TimeSpan.FromMilliseconds(1))
        {
            lost.IsCancellationRequested.ShouldBeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _time.Advance(TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_callback_of_the_token_that_throws_ends_nothing()
    {
        var held = await _locks.AcquireAsync("run", new() { Ttl = s_second });
        held.LostToken.Register(() => throw new InvalidOperationException());
        _time.Advance(s_second);
        held.IsLost.ShouldBeTrue();
    }

    [Fact]
    public async Task A_scope_holds_the_lock_gives_the_result_and_releases()
    {
        var result = await _locks.WithLockAsync("run", async (held, _) =>
        {
            (await _locks.GetLockAsync("run")).ShouldBe(held.Lock);
            return 42;
        });
        result.ShouldBe(42);
        (await _locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_scope_releases_when_its_body_fails_and_the_error_passes()
    {
        await Should.ThrowAsync<InvalidTimeZoneException>(() => _locks.WithLockAsync("run", (_, _) => throw new InvalidTimeZoneException()));
        (await _locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_scope_that_does_not_get_the_lock_does_not_run()
    {
        await using var held = await _locks.AcquireAsync("fatal-503-validation");
        var e = await Should.ThrowAsync<LockConflictException>(() => _locks.WithLockAsync("fatal-503-validation", (_, _) => throw new InvalidTimeZoneException()));
        ErrorTaxonomy.IsRetryable(e).ShouldBeTrue();
        ErrorTaxonomy.ToExitCode(e).ShouldBe(23);
    }

    [Fact]
    public async Task A_failing_release_masks_neither_the_result_nor_the_error()
    {
        (await _locks.WithLockAsync("a", (_, _) =>
        {
            _locks.Fail = new IOException("down");
            return Task.FromResult(1);
        })).ShouldBe(1);
        _locks.Fail = null;
        await Should.ThrowAsync<InvalidTimeZoneException>(() => _locks.WithLockAsync<int>("b", (_, _) =>
        {
            _locks.Fail = new IOException("down");
            throw new InvalidTimeZoneException();
        }));
        _locks.Fail = null;
        await using (var held = await _locks.AcquireAsync("c"))
            _locks.Fail = new IOException("down");
    }

    [Fact]
    public async Task A_lost_lease_cancels_the_body_and_the_caller_is_told()
    {
        var e = await Should.ThrowAsync<LockLostException>(() => _locks.WithLockAsync("run", async (_, token) =>
        {
            _time.Advance(s_second);
            token.IsCancellationRequested.ShouldBeTrue();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        }, new() { Ttl = s_second }));
        e.RunId.ShouldBe("run");
        e.InnerException.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task A_body_that_ends_after_the_loss_keeps_its_result_in_the_error()
    {
        var e = await Should.ThrowAsync<LockLostException>(() => _locks.WithLockAsync("run", async (held, _) =>
        {
            await _locks.ForceReleaseAsync("run");
            return "done";
        }));
        e.BodyResult.ShouldBe("done");
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_the_cancellation_and_the_lock_is_free()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => _locks.WithLockAsync("run", async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        }, null, stop.Token));
        (await _locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_is_granted_after_its_caller_gave_up_is_released()
    {
        _locks.Delay = s_second;
        using var stop = new CancellationTokenSource();
        var acquiring = _locks.AcquireAsync("run", new() { WaitTimeout = 10 * s_second }, stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => acquiring);
        _locks.Delay = TimeSpan.Zero;
        _time.Advance(s_second);
        await _locks.Released.Task;
        (await _locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_outlasts_the_wait_is_given_up_at_the_deadline()
    {
        _locks.Delay = 5 * s_second;
        var acquiring = _locks.TryAcquireAsync("run", new() { WaitTimeout = s_second }).AsTask();
        _time.Advance(s_second);
        (await acquiring).Waited.ShouldBe(s_second);
    }

    /// <summary>A store behind a slow or broken network.</summary>
    private sealed class Flaky(ReliabilityOptions options) : RunLockManager(options)
    {
        private readonly Reliability.MemoryLocks _locks = new MemoryStore(options.TimeProvider).Locks;

        public Exception? Fail { get; set; }

        public TimeSpan Delay { get; set; }

        public TaskCompletionSource Released { get; } = new();

        protected override ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken) => Answer(() => _locks.Acquire(request));

        protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => Answer(() =>
        {
            var released = _locks.Release(key, owner);
            if (released)
                Released.TrySetResult();
            return released;
        });

        protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) =>
            Answer(() => _locks.Extend(key, owner, ttl, allowShorten));

        protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => new(_locks.Get(key));

        protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => new(_locks.List(tenant));

        protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => new(_locks.ForceRelease(key));

        private ValueTask<T> Answer<T>(Func<T> ask)
        {
            if (Fail is not null)
                return ValueTask.FromException<T>(Fail);
            return Delay == TimeSpan.Zero ? new(ask()) : Later(ask);
        }

        private async ValueTask<T> Later<T>(Func<T> ask)
        {
            await Task.Delay(Delay, TimeProvider);
            return ask();
        }
    }
}
