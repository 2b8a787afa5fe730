using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Reliability.Tests.Locking;

public class GuardTests
{
    [Fact]
    public async Task A_holder_that_slept_past_its_lease_cannot_write_over_the_next()
    {
        var time = new FakeTimeProvider();
        var locks = new MemoryRunLockManager(new ReliabilityOptions { TimeProvider = time });
        var guard = new LockGuard();
        var file = "";
        var slow = await locks.AcquireAsync("run", new() { Ttl = TimeSpan.FromSeconds(1) });
        guard.Write("file", slow.Fence, () => file = "slow 1");
        time.Advance(TimeSpan.FromSeconds(1));
        var next = await locks.AcquireAsync("run");
        guard.Write("file", next.Fence, () => file = "next");
        Should.Throw<LockLostException>(() => guard.Write("file", slow.Fence, () => file = "slow 2")).Fence.ShouldBe(slow.Fence);
        file.ShouldBe("next");
        guard.TryPass("file", slow.Fence).ShouldBeFalse();
        guard.TryPass("other file", slow.Fence).ShouldBeTrue();
        guard.Pass("file", next.Fence);
        Should.Throw<LockLostException>(() => guard.Pass("file", slow.Fence));
    }

    [Fact]
    public void A_fence_that_no_lock_gave_is_refused()
    {
        Should.Throw<GwiValidationException>(() => new LockGuard().TryPass("file", 0));
        Should.Throw<GwiValidationException>(() => new LockGuard().TryPass("", 1));
    }

    [Fact]
    public async Task A_store_that_lost_its_data_goes_on_with_greater_fences()
    {
        var time = new FakeTimeProvider();
        var before = await new MemoryRunLockManager(new ReliabilityOptions { TimeProvider = time }).AcquireAsync("run");
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await new MemoryRunLockManager(new ReliabilityOptions { TimeProvider = time }).AcquireAsync("run")).Fence.ShouldBeGreaterThan(before.Fence);
    }
}
