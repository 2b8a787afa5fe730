using System.Diagnostics;

namespace GitIntent.Reliability.Bench;

/// <summary>Medians of alternating rounds.</summary>
internal static class Measure
{
    /// <summary>Runs the sides in turn, so many rounds of so many operations, after as many that do not count: the compiler optimises in the background.</summary>
    /// <returns>For each side the median over the rounds of the time per operation, in nanoseconds.</returns>
    public static async Task<double[]> RoundsAsync(int rounds, int operations, params Func<int, Task>[] sides)
    {
        var times = sides.Select(_ => new List<double>()).ToArray();
        for (var round = -rounds; round < rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                if (round < 0 && round % 16 == 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                var start = Stopwatch.GetTimestamp();
                await sides[side](operations);
                if (round >= 0)
                    times[side].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations);
            }
        }

        return [.. times.Select(Median)];
    }

    /// <summary>Runs the sides in turn with so many callers at once, who each do one operation behind the other.</summary>
    /// <returns>For each side the median latency of an operation, and the time that an operation takes of the whole, in nanoseconds.</returns>
    public static async Task<(double Latency, double Share)[]> CallersAsync(int rounds, int callers, int operations, params Func<int, int, Task>[] sides)
    {
        var latencies = sides.Select(_ => new List<double>()).ToArray();
        var shares = sides.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var one = sides[side];
                var start = Stopwatch.GetTimestamp();
                var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
                {
                    var mine = new double[operations];
                    for (var i = 0; i < operations; i++)
                    {
                        var from = Stopwatch.GetTimestamp();
                        await one(caller, i);
                        mine[i] = Stopwatch.GetElapsedTime(from).TotalNanoseconds;
                    }

                    return mine;
                })));
                if (round < 0)
                    continue;
                shares[side].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / (callers * operations));
                latencies[side].AddRange(all.SelectMany(a => a));
            }
        }

        return [.. latencies.Zip(shares, (l, s) => (Median(l), Median(s)))];
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    public static string Micro(double nanoseconds) => $"{nanoseconds / 1000:0.00} µs";

    public static string Milli(double nanoseconds) => $"{nanoseconds / 1e6:0.00} ms";
}
