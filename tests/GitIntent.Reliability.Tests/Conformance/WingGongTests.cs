using GitIntent.Reliability.Conformance.Linearizability;

namespace GitIntent.Reliability.Tests.Conformance;

public sealed class WingGongTests
{
    [Fact]
    public void A_read_may_see_either_side_of_a_write_that_it_overlaps()
    {
        Linearizable(Write(1, 4, 7), Read(2, 3, 0)).ShouldBeTrue();
        Linearizable(Write(1, 4, 7), Read(2, 3, 7)).ShouldBeTrue();
    }

    [Fact]
    public void A_read_after_a_write_has_ended_sees_it()
    {
        Linearizable(Write(1, 2, 7), Read(3, 4, 7)).ShouldBeTrue();
        Linearizable(Write(1, 2, 7), Read(3, 4, 0)).ShouldBeFalse();
    }

    [Fact]
    public void What_two_readers_see_in_turn_is_one_order() =>
        Linearizable(Write(1, 8, 7), Read(2, 3, 7), Read(4, 5, 0)).ShouldBeFalse();

    [Fact]
    public void The_final_state_alone_proves_nothing()
    {
        // Both got it, one after the other gave it back: the end looks as it should.
        Linearizable(Write(1, 2, 1), Read(3, 4, 2), Write(5, 6, 0), Read(7, 8, 0)).ShouldBeFalse();
    }

    [Fact]
    public void The_shortest_broken_part_ends_with_what_breaks_it() =>
        WingGong.ShortestBrokenPrefix([Write(1, 2, 7), Read(3, 4, 7), Read(5, 6, 0), Write(7, 8, 9), Read(9, 10, 9)], new Register()).ShouldBe(3);

    [Fact]
    public void A_long_history_with_overlaps_is_judged()
    {
        var history = Enumerable.Range(0, 2000).Select(i => i % 4 == 0 ? Write(i * 2, (i * 2) + 5, i) : Read((i * 2) + 6, (i * 2) + 7, i / 4 * 4)).ToArray();
        Linearizable([.. history.Where(o => o.Written)]).ShouldBeTrue();
    }

    private static bool Linearizable(params Operation[] history) => WingGong.IsLinearizable(history, new Register());

    private static Operation Write(long from, long to, int value) => new(from, to, true, value);

    private static Operation Read(long from, long to, int value) => new(from, to, false, value);

    private sealed record Operation(long Invoked, long Returned, bool Written, int Value) : ITimedOperation;

    private sealed class Register : ISequentialModel<int, Operation>
    {
        public int Initial => 0;

        public bool TryApply(int before, Operation operation, out int after)
        {
            after = operation.Written ? operation.Value : before;
            return operation.Written || operation.Value == before;
        }
    }
}
