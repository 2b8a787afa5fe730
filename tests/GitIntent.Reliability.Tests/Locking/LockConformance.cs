using GitIntent.Reliability.Tests.Stores;

namespace GitIntent.Reliability.Tests.Locking;

public class MemoryLocks : LockConformance<MemoryUnderTest>;

/// <summary>What every store's locks hold.</summary>
public abstract class LockConformance<TStore> : IAsyncLifetime
    where TStore : StoreUnderTest, new()
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    protected TStore Store { get; } = new();

    private ObservedTime Time => Store.Time;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task A_free_run_is_acquired_and_shown_with_everything_but_the_secret()
    {
        var locks = Store.Locks();
        await using var held = await locks.AcquireAsync("run", new() { Reason = "deploy" });
        var shown = (await locks.GetLockAsync("run")).ShouldNotBeNull();
        shown.ShouldBe(held.Lock);
        (shown.RunId, shown.Tenant, shown.Reason, shown.HolderId).ShouldBe(("run", "default", "deploy", locks.HolderId));
        shown.HolderId.ShouldStartWith("holder-");
        shown.AcquiredAt.ShouldBe(Time.GetUtcNow());
        shown.ExpiresAt.ShouldBe(Time.GetUtcNow() + TimeSpan.FromSeconds(60));
        shown.Fence.ShouldBePositive();
        held.OwnerToken.ToString().ShouldNotContain(held.OwnerToken.Reveal());
    }

    [Fact]
    public async Task A_held_run_is_refused_and_the_loser_learns_who_and_until_when()
    {
        await using var held = await Store.Locks().AcquireAsync("run-7");
        var other = Store.Locks();
        var attempt = await other.TryAcquireAsync("run-7");
        attempt.Acquired.ShouldBeFalse();
        attempt.Existing.ShouldBe(held.Lock);
        attempt.Error.ShouldNotBeNull().ShouldContain("run-7");
        attempt.Error.ShouldContain(held.HolderId);
        var thrown = await Should.ThrowAsync<LockConflictException>(async () => await other.AcquireAsync("run-7"));
        (thrown.RunId, thrown.HolderId, thrown.ExpiresAt).ShouldBe(("run-7", held.HolderId, held.ExpiresAt));
        ErrorTaxonomy.ToExitCode(thrown).ShouldBe(23);
    }

    [Fact]
    public async Task It_is_held_while_now_is_before_the_end_and_not_a_tick_longer()
    {
        var locks = Store.Locks();
        await locks.AcquireAsync("run", new() { Ttl = s_second });
        Time.Advance(s_second - TimeSpan.FromTicks(1));
        (await locks.TryAcquireAsync("run")).Acquired.ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromTicks(1));
        (await locks.GetLockAsync("run")).ShouldBeNull();
        (await locks.ListLocksAsync()).ShouldBeEmpty();
        (await locks.TryAcquireAsync("run")).Acquired.ShouldBeTrue();
    }

    [Fact]
    public async Task Fences_grow_over_release_expiry_force_and_runs()
    {
        var locks = Store.Locks();
        List<long> fences = [];
        for (var i = 0; i < 3; i++)
        {
            var a = await locks.AcquireAsync("a", new() { Ttl = s_second });
            fences.Add(a.Fence);
            (await a.ReleaseAsync()).ShouldBeTrue();
            fences.Add((await locks.AcquireAsync("a", new() { Ttl = s_second })).Fence);
            Time.Advance(s_second);
            fences.Add((await Store.Locks().AcquireAsync("a")).Fence);
            (await locks.ForceReleaseAsync("a")).ShouldBeTrue();
            fences.Add((await locks.AcquireAsync("b")).Fence);
            (await locks.ForceReleaseAsync("b")).ShouldBeTrue();
        }

        fences.ShouldBeInOrder();
        fences.Distinct().Count().ShouldBe(fences.Count);
    }

    [Fact]
    public async Task The_clock_may_be_set_back_and_forward_and_fences_still_grow()
    {
        var locks = Store.Locks();
        var first = await locks.AcquireAsync("run", new() { Ttl = 60 * s_second });
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromHours(1));
        (await locks.TryAcquireAsync("run")).Acquired.ShouldBeFalse("a lease only lasts longer when the clock goes back");
        (await locks.ForceReleaseAsync("run")).ShouldBeTrue();
        var second = await Store.Locks().AcquireAsync("run", new() { Ttl = 60 * s_second });
        second.Fence.ShouldBeGreaterThan(first.Fence);
        Time.AdjustTime(Time.GetUtcNow() + TimeSpan.FromHours(2));
        var third = await locks.AcquireAsync("run");
        third.Fence.ShouldBeGreaterThan(second.Fence);
        (await second.ReleaseAsync()).ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldBe(third.Lock);
    }

    [Fact]
    public async Task Only_the_owner_releases_and_only_while_it_holds()
    {
        var locks = Store.Locks();
        var first = await locks.AcquireAsync("run", new() { Ttl = s_second });
        (await locks.ReleaseAsync("run", OwnerToken.Create())).ShouldBeFalse();
        (await locks.ReleaseAsync("other", first.OwnerToken)).ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldNotBeNull();
        Time.Advance(s_second);
        (await locks.ReleaseAsync("run", first.OwnerToken)).ShouldBeFalse();
        var second = await locks.AcquireAsync("run");
        (await first.ReleaseAsync()).ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldBe(second.Lock);
        (await Store.Locks().ReleaseAsync("run", OwnerToken.Parse(second.OwnerToken.Reveal()))).ShouldBeTrue();
        (await second.ReleaseAsync()).ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task Extend_lengthens_never_shortens_unasked_and_never_revives()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run", new() { Ttl = TimeSpan.FromSeconds(10) });
        var start = Time.GetUtcNow();
        (await held.ExtendAsync(s_second)).ShouldBeTrue();
        (await locks.GetLockAsync("run"))!.ExpiresAt.ShouldBe(start + TimeSpan.FromSeconds(10));
        held.ExpiresAt.ShouldBe(start + TimeSpan.FromSeconds(10));
        (await held.ExtendAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        held.ExpiresAt.ShouldBe(start + TimeSpan.FromSeconds(20));
        (await locks.ExtendAsync("run", OwnerToken.Create(), TimeSpan.FromSeconds(99))).ShouldBeFalse();
        (await held.ExtendAsync(s_second, allowShorten: true)).ShouldBeTrue();
        (await locks.GetLockAsync("run"))!.ExpiresAt.ShouldBe(start + s_second);
        (await locks.GetLockAsync("run"))!.Fence.ShouldBe(held.Fence);
        Time.Advance(s_second);
        (await locks.ExtendAsync("run", held.OwnerToken, s_second)).ShouldBeFalse();
        (await held.ExtendAsync()).ShouldBeFalse();
        (await locks.GetLockAsync("run")).ShouldBeNull();
    }

    [Fact]
    public async Task A_superseded_owner_extends_nothing()
    {
        var locks = Store.Locks();
        var old = await locks.AcquireAsync("run", new() { Ttl = s_second });
        Time.Advance(s_second);
        var now = await locks.AcquireAsync("run", new() { Ttl = s_second });
        (await old.ExtendAsync(TimeSpan.FromHours(1))).ShouldBeFalse();
        (await locks.GetLockAsync("run"))!.ExpiresAt.ShouldBe(now.ExpiresAt);
        old.IsLost.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_lock()
    {
        var locks = Store.Locks();
        var owner = OwnerToken.Create();
        var first = await locks.AcquireAsync("run", new() { OwnerToken = owner });
        var again = await locks.AcquireAsync("run", new() { OwnerToken = owner });
        again.Fence.ShouldBe(first.Fence);
    }

    [Fact]
    public async Task Tenants_do_not_see_each_other()
    {
        var acme = Store.Locks("acme");
        var other = Store.Locks("other");
        await using var a = await acme.AcquireAsync("run");
        await using var b = await other.AcquireAsync("run");
        (await acme.ListLocksAsync()).ShouldBe([a.Lock]);
        (await acme.ListLocksAsync("other")).ShouldBe([b.Lock]);
        (await other.TryAcquireAsync(new RunKey("run", "acme"))).Existing.ShouldBe(a.Lock);
        (await other.ReleaseAsync("run", a.OwnerToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_is_in_order_and_holds_only_what_is_held()
    {
        var locks = Store.Locks();
        foreach (var run in new[] { "b", "a", "C", "gone", "ä" })
            await locks.AcquireAsync(run, new() { Ttl = run == "gone" ? s_second : 2 * s_second });
        Time.Advance(s_second);
        (await locks.ListLocksAsync()).Select(l => l.RunId).ShouldBe(["C", "a", "b", "ä"]);
    }

    [Fact]
    public async Task Force_release_frees_what_is_held_and_says_so()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run", new() { Ttl = s_second });
        (await Store.Locks().ForceReleaseAsync("run")).ShouldBeTrue();
        (await locks.ForceReleaseAsync("run")).ShouldBeFalse();
        (await held.ExtendAsync()).ShouldBeFalse();
        held.LostToken.IsCancellationRequested.ShouldBeTrue();
        await locks.AcquireAsync("run", new() { Ttl = s_second });
        Time.Advance(s_second);
        (await locks.ForceReleaseAsync("run")).ShouldBeFalse();
    }

    [Fact]
    public async Task Ids_of_every_acceptable_kind_are_kept_apart()
    {
        var locks = Store.Locks();
        string[] ids = ["a", "A", "a ", "a/b", "a:b", "a%b", "a'b", "a\"b", "ä", "a\u0308", "😀", new string('x', 512), "x' OR 1=1 --", "*", "a\u2028b"];
        foreach (var id in ids)
            await locks.AcquireAsync(id);
        (await locks.ListLocksAsync()).Select(l => l.RunId).ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_waiter_gets_the_lock_when_it_is_released()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run");
        var waiting = locks.AcquireAsync("run", new() { WaitTimeout = Timeout.InfiniteTimeSpan }).AsTask();
        await Time.Armed(TimeSpan.FromSeconds(60));
        waiting.IsCompleted.ShouldBeFalse();
        await held.ReleaseAsync();
        (await waiting).Fence.ShouldBeGreaterThan(held.Fence);
    }

    [Fact]
    public async Task A_waiter_in_another_manager_gets_the_lock_too()
    {
        var held = await Store.Locks().AcquireAsync("run");
        var waiting = Store.Locks().AcquireAsync("run", new() { WaitTimeout = Timeout.InfiniteTimeSpan }).AsTask();
        await Time.Armed(TimeSpan.FromSeconds(60));
        await held.ReleaseAsync();
        if (!Store.TellsOthers)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        (await waiting).Fence.ShouldBeGreaterThan(held.Fence);
    }

    [Fact]
    public async Task A_waiter_gets_the_lock_of_a_dead_holder_when_its_lease_ends()
    {
        await Store.Locks().AcquireAsync("run", new() { Ttl = s_second });
        var waiting = Store.Locks().AcquireAsync("run", new() { WaitTimeout = 10 * s_second, RetryInterval = TimeSpan.FromHours(1) }).AsTask();
        await Time.Armed(s_second);
        Time.Advance(s_second - TimeSpan.FromTicks(1));
        waiting.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromTicks(1));
        await waiting;
    }

    [Fact]
    public async Task Waiters_of_a_process_are_served_in_the_order_of_their_arrival()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run");
        List<int> order = [];
        var waiters = Enumerable.Range(0, 8).Select(async i =>
        {
            await using var mine = await locks.AcquireAsync("run", new() { WaitTimeout = Timeout.InfiniteTimeSpan });
            order.Add(i);
        }).ToList();
        await Time.Armed(TimeSpan.FromSeconds(60));
        await held.ReleaseAsync();
        await Task.WhenAll(waiters);
        order.ShouldBe(Enumerable.Range(0, 8));
    }

    [Fact]
    public async Task A_wait_ends_at_its_deadline_and_says_how_long_it_waited()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run");
        var first = locks.AcquireAsync("run", new() { WaitTimeout = TimeSpan.FromMilliseconds(20) }).AsTask();
        await Time.Armed(TimeSpan.FromSeconds(60));
        var second = locks.AcquireAsync("run", new() { WaitTimeout = TimeSpan.FromMilliseconds(30) }).AsTask();
        await Time.Armed(TimeSpan.FromMilliseconds(30));
        Time.Advance(TimeSpan.FromMilliseconds(19.9));
        first.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(0.1));
        var late = await Should.ThrowAsync<LockConflictException>(() => first);
        late.Waited.ShouldBe(TimeSpan.FromMilliseconds(20));
        late.Message.ShouldContain("20 ms");
        late.HolderId.ShouldBe(held.HolderId);
        second.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(10));
        (await Should.ThrowAsync<LockConflictException>(() => second)).HolderId.ShouldBe(held.HolderId);
    }

    [Fact]
    public async Task A_wait_is_cancelled_at_once_and_its_place_goes_to_the_next()
    {
        var locks = Store.Locks();
        var held = await locks.AcquireAsync("run");
        using var stop = new CancellationTokenSource();
        var first = locks.AcquireAsync("run", new() { WaitTimeout = Timeout.InfiniteTimeSpan }, stop.Token).AsTask();
        var second = locks.AcquireAsync("run", new() { WaitTimeout = Timeout.InfiniteTimeSpan }).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await held.ReleaseAsync();
        await using var next = await second;
    }

    [Fact]
    public async Task Of_many_threads_one_holds_at_a_time()
    {
        var managers = Enumerable.Range(0, 4).Select(_ => Store.Locks()).ToArray();
        var inside = 0;
        var most = 0;
        List<long> fences = [];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                var attempt = await managers[i % 4].TryAcquireAsync("run");
                if (!attempt.Acquired)
                    continue;
                most = Math.Max(most, Interlocked.Increment(ref inside));
                lock (fences)
                    fences.Add(attempt.Handle.Fence);
                Interlocked.Decrement(ref inside);
                await attempt.Handle.ReleaseAsync();
            }
        })));
        most.ShouldBe(1);
        fences.ShouldBeInOrder();
        fences.Distinct().Count().ShouldBe(fences.Count);
    }

    [Fact]
    public async Task What_real_threads_saw_is_what_one_lock_could_have_said()
    {
        var managers = Enumerable.Range(0, 2).Select(_ => Store.Locks()).ToArray();
        for (var round = 0; round < 10; round++)
        {
            var clock = 0;
            var run = $"run-{round}";
            var histories = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
            {
                List<LockCall> calls = [];
                for (var n = 0; n < 10; n++)
                {
                    var holder = $"holder-{thread}-{n}";
                    var owner = OwnerToken.Create();
                    var begin = Interlocked.Increment(ref clock);
                    var attempt = await managers[thread % 2].TryAcquireAsync(run, new() { HolderId = holder, OwnerToken = owner });
                    calls.Add(new(thread, begin, Interlocked.Increment(ref clock), holder, true, attempt.Acquired, attempt.Handle?.Fence ?? 0, attempt.ExistingHolderId));
                    begin = Interlocked.Increment(ref clock);
                    var released = await managers[(thread + 1) % 2].ReleaseAsync(run, owner);
                    calls.Add(new(thread, begin, Interlocked.Increment(ref clock), holder, false, released));
                }

                return calls;
            })));
            LockHistory.IsLinearizable([.. histories.SelectMany(h => h)]).ShouldBeTrue();
        }
    }
}
