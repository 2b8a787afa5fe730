namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Which moments processes are killed at, where there is not the time for all.</summary>
internal static class CrashPoints
{
    /// <param name="moments">For each moment, whether it is the return of a call.</param>
    /// <param name="most">How many are to be taken.</param>
    /// <returns>Numbers from 1, ascending: the returns first of all, then looks at the clock, evenly spread; another seed takes others.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<bool> moments, int most, Random random)
    {
        var returns = Spread([.. Numbers(moments, true)], most, random);
        return [.. returns.Concat(Spread([.. Numbers(moments, false)], most - returns.Count, random)).Order()];
    }

    private static IEnumerable<int> Numbers(IReadOnlyList<bool> moments, bool returns) => moments.Select((m, i) => (m, i)).Where(x => x.m == returns).Select(static x => x.i + 1);

    private static List<int> Spread(List<int> all, int most, Random random)
    {
        if (all.Count <= most)
            return all;
        var from = random.Next(all.Count);
        return [.. Enumerable.Range(0, most).Select(i => all[(from + (i * all.Count / most)) % all.Count])];
    }
}
