using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Conformance;

public sealed class VirtualTimeTests
{
    [Fact]
    public async Task A_timer_that_is_due_at_once_does_not_call_back_into_the_call_that_sets_it()
    {
        var time = new VirtualTime();
        var (gate, fired) = (new SemaphoreSlim(0), new TaskCompletionSource());
        using var timer = time.CreateTimer(_ =>
        {
            gate.Wait();
            fired.SetResult();
        }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        gate.Release();
        await fired.Task;
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_each_at_its_time()
    {
        var time = new VirtualTime();
        List<string> fired = [];
        using var late = time.CreateTimer(_ => fired.Add($"late {time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var often = time.CreateTimer(_ => fired.Add($"often {time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2.5));
        fired.ShouldBe(["often 0.5", "often 1.5", "late 2", "often 2.5"]);
    }

    [Fact]
    public void A_sweep_every_second_does_not_make_a_year_long()
    {
        var time = new VirtualTime();
        var (ticks, again) = (0, 0);
        using var sweep = time.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        ITimer? loop = null;
        loop = time.CreateTimer(_ =>
        {
            again++;
            loop!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromDays(400));
        (ticks + again).ShouldBeLessThan(10_010);
        time.Elapsed.ShouldBe(TimeSpan.FromDays(400));
        (ticks, again) = (0, 0);
        time.Advance(TimeSpan.FromSeconds(3));
        (ticks, again).ShouldBe((3, 3));
        loop.Dispose();
    }
}
