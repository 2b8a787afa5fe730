using GitIntent.Reliability.Conformance.Scenes;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What is stamped with the run: lines and metrics.</summary>
internal static partial class TraceContext
{
    private static async Task LinesStamped(Scene s)
    {
        var log = s.Log();
        var child = log.Child(("a", 1));
        await Stamped(log, new(null), "outside of a context");
        using (Begin(s, "run-1", "acme", "load"))
        {
            await Stamped(log, new("run-1", "acme", "load"), "in a context that began after the logger was made");
            await Stamped(child, new("run-1", "acme", "load"), "of a child in a context");
            using (Begin(s, step: "save"))
            {
                await Task.Yield();
                await Stamped(log, new("run-1", "acme", "save"), "in a step");
                var (_, _, timed) = await log.TimeAsync("charge-card", static () => Task.FromResult(1));
                Is(log.One(timed), new("run-1", "acme", "save"), "of a timed operation");
            }
        }

        await Stamped(log, new(null), "after the context");

        async Task Stamped(LogActor logger, RunIdentity expected, string where) => Is(await logger.OneAsync(LogLevel.Warning, "x"), expected, where);

        void Is(LogLine line, RunIdentity expected, string where) =>
            s.Same(Show.Identity(new(line.Optional("runId"), line.Optional("tenantId"), line.Optional("stepId"))), Show.Identity(expected), $"What is stamped on a line {where}");
    }

    private static async Task LinesNotMixed(Scene s)
    {
        var (log, begun) = (s.Log(), new Gathering(3));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            using (Begin(s, $"run-{i}", who: $"task {i}"))
            {
                await begun.ArriveAsync();
                log.Write(LogLevel.Information, $"of run-{i}");
                s.History.Note($"task {i}", $"log \"of run-{i}\"", "logged");
            }
        }));
        var lines = await log.LinesAsync();
        s.Same(lines.Count, 3, "How many lines three runs wrote");
        foreach (var line in lines)
            s.Same($"of {line.Optional("runId") ?? "none"}", line.Message, "The run that is stamped on a line");
    }

    private static Task MetricsStamped(Scene s)
    {
        var metrics = s.Metrics();
        metrics.Increment("orders", 1);
        foreach (var (run, amount) in new[] { ("run-1", 2), ("run-2", 4), ("run-1", 8) })
        {
            using (Begin(s, run, "acme", "load"))
                metrics.Increment("orders", amount);
        }

        var points = metrics.Snapshot().Where(static p => p.Name == "orders").ToList();
        foreach (var (run, sum) in new[] { ("run-1", 10d), ("run-2", 4d) })
        {
            var own = points.Where(p => Stamp.Of(p.Labels, "run") == run).ToList();
            s.Holds(own.Count == 1, $"{Show.Value(own.Count)} series carry the run {run}; expected 1.");
            s.Same(own[0].Sum, sum, $"The sum of the series of {run}");
        }

        s.Same(points.Where(static p => Stamp.Of(p.Labels, "run") is null).Sum(static p => p.Sum), 1d, "The sum of what was measured outside of a context");
        return Task.CompletedTask;
    }
}
