using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Reliability.Tests.Locking;

public sealed class RepeatedAcquisition
{
    [Fact]
    public async Task A_lock_that_is_acquired_again_late_in_its_lease_is_renewed_in_time()
    {
        var time = new FakeTimeProvider();
        var locks = new MemoryRunLockManager(new ReliabilityOptions { TimeProvider = time });
        var once = new RunLockOptions { Ttl = TimeSpan.FromSeconds(60), OwnerToken = OwnerToken.Create() };
        var first = await locks.AcquireAsync("run-1", once);
        time.Advance(TimeSpan.FromSeconds(50));

        await using var again = await locks.AcquireAsync("run-1", once with { AutoRenewCap = TimeSpan.FromMinutes(10) });
        again.Fence.ShouldBe(first.Fence);
        for (var i = 0; i < 30; i++) // a third of what was left is less than 4 s
            time.Advance(TimeSpan.FromSeconds(1));

        again.IsLost.ShouldBeFalse();
        (await locks.GetLockAsync("run-1")).ShouldNotBeNull().Fence.ShouldBe(first.Fence);
    }
}
