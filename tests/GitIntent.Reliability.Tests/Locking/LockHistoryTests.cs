namespace GitIntent.Reliability.Tests.Locking;

/// <summary>The checker has to find what is wrong before it may say that something is right.</summary>
public class LockHistoryTests
{
    [Fact]
    public void One_after_the_other_is_right() => LockHistory.IsLinearizable(
    [
        new(0, 1, 2, "a", true, true, 1), new(1, 3, 4, "b", true, false, 0, "a"), new(0, 5, 6, "a", false, true), new(1, 7, 8, "b", true, true, 2), new(0, 9, 10, "a", false, false),
    ]).ShouldBeTrue();

    [Fact]
    public void Overlapping_calls_may_take_effect_in_either_order() => LockHistory.IsLinearizable(
        [new(0, 1, 2, "a", true, true, 1), new(0, 3, 6, "a", false, true), new(1, 4, 5, "b", true, true, 2)]).ShouldBeTrue();

    [Fact]
    public void A_double_acquire_is_found_although_the_final_state_looks_right() => LockHistory.IsLinearizable(
        [new(0, 1, 2, "a", true, true, 1), new(1, 3, 4, "b", true, true, 2), new(0, 5, 6, "a", false, false), new(1, 7, 8, "b", false, true)]).ShouldBeFalse();

    [Fact]
    public void A_fence_that_does_not_grow_is_found() => LockHistory.IsLinearizable(
        [new(0, 1, 2, "a", true, true, 2), new(0, 3, 4, "a", false, true), new(1, 5, 6, "b", true, true, 2)]).ShouldBeFalse();

    [Fact]
    public void A_refusal_by_nobody_or_by_the_wrong_holder_is_found()
    {
        LockHistory.IsLinearizable([new(0, 1, 2, "a", true, true, 1), new(0, 3, 4, "a", false, true), new(1, 5, 6, "b", true, false, 0, "a")]).ShouldBeFalse();
        LockHistory.IsLinearizable([new(0, 1, 2, "a", true, true, 1), new(1, 3, 4, "b", true, false, 0, "c")]).ShouldBeFalse();
    }

    [Fact]
    public void A_release_that_takes_anothers_lock_is_found() => LockHistory.IsLinearizable(
        [new(0, 1, 2, "a", true, true, 1), new(1, 3, 4, "b", false, true), new(0, 5, 6, "a", false, true)]).ShouldBeFalse();
}
