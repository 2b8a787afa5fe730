using System.Numerics;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>An operation of a history: it took effect at one moment between these two places in the order of all beginnings and ends.</summary>
internal interface ITimedOperation
{
    long Invoked { get; }

    long Returned { get; }
}

/// <summary>What one object does, call after call.</summary>
internal interface ISequentialModel<TState, in TOperation>
{
    TState Initial { get; }

    /// <summary>Whether the operation may have had its result in this state; if so, the state after it.</summary>
    bool TryApply(TState before, TOperation operation, out TState after);
}

/// <summary>
/// Whether there is an order of all operations, true to real time, in which the sequential object gives every result that was seen: J. M. Wing and C. Gong,
/// "Testing and verifying concurrent objects" (1993), with the visited states remembered as G. Lowe, "Testing for linearizability" (2017), has it.
/// </summary>
internal static class WingGong
{
    public static bool IsLinearizable<TState, TOperation>(IReadOnlyList<TOperation> history, ISequentialModel<TState, TOperation> model)
        where TState : IEquatable<TState>
        where TOperation : ITimedOperation
    {
        var operations = history.OrderBy(static o => o.Invoked).ToArray();
        var visited = new HashSet<(BigInteger Done, TState State)>();
        var path = new Stack<(BigInteger Done, TState State)>();
        path.Push((BigInteger.Zero, model.Initial));
        var all = (BigInteger.One << operations.Length) - 1;
        while (path.TryPop(out var at))
        {
            if (at.Done == all)
                return true;
            // First may come: what began before everything that is open had ended.
            var earliestEnd = long.MaxValue;
            for (var i = FirstOpen(at.Done); i < operations.Length && operations[i].Invoked < earliestEnd; i++)
            {
                var bit = BigInteger.One << i;
                if (!(at.Done & bit).IsZero)
                    continue;
                earliestEnd = Math.Min(earliestEnd, operations[i].Returned);
                if (model.TryApply(at.State, operations[i], out var after) && visited.Add((at.Done | bit, after)))
                    path.Push((at.Done | bit, after));
            }
        }

        return false;
    }

    /// <summary>The length of the shortest part from the beginning, in the order of ends, that no order explains; the history itself is known to be one.</summary>
    public static int ShortestBrokenPrefix<TState, TOperation>(IReadOnlyList<TOperation> byEnd, ISequentialModel<TState, TOperation> model)
        where TState : IEquatable<TState>
        where TOperation : ITimedOperation
    {
        var (good, bad) = (0, byEnd.Count);
        while (good + 1 < bad)
        {
            var middle = (good + bad) / 2;
            if (IsLinearizable([.. byEnd.Take(middle)], model))
                good = middle;
            else
                bad = middle;
        }

        return bad;
    }

    private static int FirstOpen(BigInteger done)
    {
        var open = ~done;
        var index = 0;
        while ((open & 0xFFFFFFFF).IsZero)
        {
            open >>= 32;
            index += 32;
        }

        return index + BitOperations.TrailingZeroCount((uint)(open & 0xFFFFFFFF));
    }
}
