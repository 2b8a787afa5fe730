using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Locking;

public class MemoryClock : ClockConformance<MemoryUnderTest>;

public class SqliteClock : ClockConformance<SqliteUnderTest>;

/// <summary>The time of day set back and forward under leases and records: the store's ends go by it exactly, this process's timers do not.</summary>
public abstract class ClockConformance<TStore> : IAsyncLifetime
    where TStore : StoreUnderTest, new()
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly TStore _store = new();

    private ObservedTime Time => _store.Time;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_lease_ends_at_its_time_of_day_to_the_tick_whichever_way_the_clock_was_set()
    {
        var locks = _store.Locks();
        var first = await locks.AcquireAsync("run", new() { Ttl = 10 * s_second });
        Time.Jump(-s_hour);
        Time.Advance(s_hour + (10 * s_second) - s_tick);
        (await _store.Locks().TryAcquireAsync("run")).Existing.ShouldBe(first.Lock);
        Time.Advance(s_tick);
        var second = await locks.AcquireAsync("run", new() { Ttl = 10 * s_second });
        Time.Jump((10 * s_second) - s_tick);
        (await _store.Locks().TryAcquireAsync("run")).Existing.ShouldBe(second.Lock);
        Time.Jump(s_tick);
        (await locks.GetLockAsync("run")).ShouldBeNull();
        (await locks.ListLocksAsync()).ShouldBeEmpty();
        (await second.ExtendAsync()).ShouldBeFalse();
        var third = await locks.AcquireAsync("run");
        new[] { first.Fence, second.Fence, third.Fence }.ShouldBeInOrder();
        (first.Fence == second.Fence || second.Fence == third.Fence).ShouldBeFalse();
    }

    [Fact]
    public async Task The_lost_token_goes_by_the_monotonic_clock()
    {
        var locks = _store.Locks();
        var held = await locks.AcquireAsync("run", new() { Ttl = 10 * s_second, Margin = s_second });
        var lost = held.LostToken;
        Time.Jump(-s_hour);
        Time.Advance((9 * s_second) - TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeTrue("the lease was asked for nine seconds ago, whatever the clock on the wall says");

        var other = await locks.AcquireAsync("other", new() { Ttl = 10 * s_second, Margin = s_second });
        lost = other.LostToken;
        Time.Jump(2 * s_hour);
        (lost.IsCancellationRequested, other.IsLost).ShouldBe((false, false), "no time has passed here; the fence protects the resource");
        (await other.ExtendAsync()).ShouldBeFalse();
        lost.IsCancellationRequested.ShouldBeTrue("the store has said so");
    }

    [Fact]
    public async Task A_repeated_request_does_not_lengthen_the_token_beyond_the_lease()
    {
        var locks = _store.Locks();
        var owner = OwnerToken.Create();
        var first = await locks.AcquireAsync("run", new() { OwnerToken = owner, Ttl = 10 * s_second, Margin = TimeSpan.Zero });
        Time.Advance(6 * s_second);
        var again = await locks.AcquireAsync("run", new() { OwnerToken = owner, Ttl = 10 * s_second, Margin = TimeSpan.Zero });
        again.ExpiresAt.ShouldBe(first.ExpiresAt);
        var lost = again.LostToken;
        Time.Advance((4 * s_second) - TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        lost.IsCancellationRequested.ShouldBeTrue();
        (await _store.Locks().TryAcquireAsync("run")).Acquired.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wait_is_measured_by_the_monotonic_clock()
    {
        var locks = _store.Locks();
        await locks.AcquireAsync("run", new() { Ttl = s_hour });
        var waiting = locks.AcquireAsync("run", new() { WaitTimeout = s_second, RetryInterval = s_hour }).AsTask();
        await Time.Armed(s_second);
        Time.Jump(-s_hour);
        Time.Advance(s_second - TimeSpan.FromMilliseconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        (await Should.ThrowAsync<LockConflictException>(() => waiting)).Waited.ShouldBe(s_second);
    }

    [Fact]
    public async Task A_record_ends_at_its_time_of_day_and_its_fence_is_not_given_again()
    {
        var store = _store.Idempotency();
        var key = IdempotencyKey.Create("run", "s", "o");
        var first = (await store.BeginAsync(key, new() { InProgressTimeout = 10 * s_second })).Execution!;
        Time.Jump(-s_hour);
        Time.Advance(s_hour + (10 * s_second) - s_tick);
        (await _store.Idempotency().BeginAsync(key)).Started.ShouldBeFalse();
        Time.Advance(s_tick);
        var second = (await _store.Idempotency().BeginAsync(key, new() { InProgressTimeout = 10 * s_second })).Execution!;
        Time.Jump(10 * s_second);
        var third = (await store.BeginAsync(key)).Execution!;
        (await second.CompleteAsync("2")).ShouldBeFalse();
        (await third.CompleteAsync("3")).ShouldBeTrue();
        Time.Jump(-2 * s_hour);
        (await store.CheckAsync(key)).ResultJson.ShouldBe("3");
        (first.Fence < second.Fence && second.Fence < third.Fence).ShouldBeTrue();
    }

    [Fact]
    public async Task Fences_grow_over_any_jumps()
    {
        List<long> fences = [];
        foreach (var hours in new[] { 0, -1, 24, -48, 10_000, -20_000, 1 })
        {
            Time.Jump(hours * s_hour);
            var locks = _store.Locks();
            await locks.ForceReleaseAsync("run");
            fences.Add((await locks.AcquireAsync("run")).Fence);
        }

        fences.ShouldBeInOrder();
        fences.Distinct().Count().ShouldBe(fences.Count);
    }
}
