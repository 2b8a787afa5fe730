namespace GitIntent.Reliability.Tests.Locking;

/// <summary>One call as it was seen from outside: when it began and ended, and what it said.</summary>
/// <param name="Holder">Who called.</param>
/// <param name="Acquire">An attempt to acquire; else a release.</param>
/// <param name="Ok">Whether it succeeded.</param>
/// <param name="Fence">The fence that a successful attempt got.</param>
/// <param name="Seen">The holder that a refused attempt was told of.</param>
internal sealed record LockCall(int Thread, int Begin, int End, string Holder, bool Acquire, bool Ok, long Fence = 0, string? Seen = null);

/// <summary>
/// Wing and Gong's check (J. Parallel Distrib. Comput. 17, 1993): is there an order of the calls that respects real time and that a lock, one call
/// after the other, could have answered so? States that were tried already are not tried again (Lowe 2017).
/// </summary>
internal static class LockHistory
{
    public static bool IsLinearizable(IReadOnlyList<LockCall> calls)
    {
        var threads = calls.GroupBy(c => c.Thread).Select(g => g.OrderBy(c => c.Begin).ToArray()).ToArray();
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(int[] At, string? Holder, long Fence)>([(new int[threads.Length], null, 0)]);
        while (open.TryPop(out var state))
        {
            var next = threads.Select((t, i) => state.At[i] < t.Length ? t[state.At[i]] : null).ToArray();
            if (next.All(c => c is null))
                return true;
            var earliestEnd = next.Min(c => c?.End ?? int.MaxValue);
            for (var i = 0; i < next.Length; i++)
            {
                // A call that began after another one ended cannot come before it.
                if (next[i] is not { } call || call.Begin > earliestEnd || !Answers(call, state.Holder, state.Fence, out var holder, out var fence))
                    continue;
                var at = (int[])state.At.Clone();
                at[i]++;
                if (tried.Add($"{string.Join(',', at)} {holder} {fence}"))
                    open.Push((at, holder, fence));
            }
        }

        return false;
    }

    /// <summary>The sequential lock.</summary>
    private static bool Answers(LockCall call, string? holder, long fence, out string? holderAfter, out long fenceAfter)
    {
        (holderAfter, fenceAfter) = (holder, fence);
        if (!call.Acquire)
        {
            if (call.Ok)
                holderAfter = null;
            return call.Ok == (holder == call.Holder);
        }

        if (!call.Ok)
            return holder is not null && holder == call.Seen;
        (holderAfter, fenceAfter) = (call.Holder, call.Fence);
        return holder is null && call.Fence > fence;
    }
}
