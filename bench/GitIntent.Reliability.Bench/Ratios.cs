namespace GitIntent.Reliability.Bench;

/// <summary>One figure.</summary>
/// <param name="What">What was measured, and against what.</param>
/// <param name="Value">A ratio, or a count.</param>
/// <param name="AtMost">The target; null where it only stands beside.</param>
/// <param name="Note">The absolute figures behind it.</param>
internal sealed record Figure(string What, double Value, double? AtMost, string Note);

/// <summary>Every figure is a ratio of two medians of the same run, whose rounds alternate: what the machine does meanwhile, it does to both.</summary>
internal static class Ratios
{
    // One line each; a name on the command line picks.
    private static readonly (string Name, Func<Task<IReadOnlyList<Figure>>> Measure)[] s_all =
    [
        ("memory", MemoryRatios.RunAsync),
        ("sqlite", SqliteRatios.RunAsync),
        ("contended", ContendedRatios.RunAsync),
        ("idempotency", IdempotencyCounts.RunAsync),
        ("redis", RedisRatios.RunAsync),
    ];

    public static async Task RunAsync(TextWriter output, string[] only)
    {
        foreach (var (name, measure) in s_all)
        {
            if (only.Length > 0 && !only.Contains(name))
                continue;
            foreach (var figure in await measure())
            {
                var target = figure.AtMost is { } most ? $"{(figure.Value <= most ? "met" : "MISSED")} (≤ {most:0.##})" : "";
                await output.WriteLineAsync($"{name,-12}{figure.What,-78}{figure.Value,8:0.00}  {target,-16}{figure.Note}");
            }
        }
    }
}
