using GitIntent.Reliability.Conformance.Scenes;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Timed operations.</summary>
internal static partial class StructuredLogging
{
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(40);

    private static Func<Task<T>> Work<T>(Scene s, Func<T> end, bool later) => async () =>
    {
        if (later)
            await Task.Yield();
        s.Pass(s_work);
        return end();
    };

    private static void Took(Scene s, LogLine line) =>
        s.Holds(s.Time is VirtualTime ? Math.Abs(line.Number("durationMs") - s_work.TotalMilliseconds) < 0.5 : line.Number("durationMs") >= 0,
            $"durationMs: expected {Show.Value(s_work.TotalMilliseconds)}, found {Show.Value(line.Number("durationMs"))}.");

    private static async Task SuccessToldOnce(Scene s)
    {
        foreach (var later in new[] { false, true })
        {
            var (log, runs) = (s.Log(), 0);
            var (result, error, lines) = await log.TimeAsync("charge-card", Work(s, () => ++runs, later));
            s.Same((runs, result, error?.GetType().Name), (1, 1, null), "How often the operation ran, its result and its error");
            var line = log.One(lines);
            s.Same((line.Level, line.Field("error") is null), ("INFO", true), "The level of the line, and whether it is without an error");
            s.Holds(line.Text.Contains("charge-card", StringComparison.Ordinal), "The line does not name the operation.");
            Took(s, line);
        }

        var off = s.Log(LogLevel.Warning);
        var quiet = await off.TimeAsync("charge-card", static () => Task.FromResult(7));
        s.Same((quiet.Result, quiet.Lines.Count), (7, 0), "Result and lines of an operation where INFO is off");
        var nested = s.Log();
        var both = await nested.TimeAsync("outer", async () => (await nested.TimeAsync("inner", static () => Task.FromResult(1))).Lines.Count);
        s.Same((both.Result, both.Lines.Count), (1, 1), "How many lines an operation and one inside of it came to");
    }

    private static async Task FailureToldOnce(Scene s)
    {
        foreach (var later in new[] { false, true })
        {
            var log = s.Log();
            var done = log.One((await log.TimeAsync("charge-card", Work(s, static () => 1, later))).Lines);
            var thrown = new PolicyDeniedException("no more today");
            var (_, error, lines) = await log.TimeAsync("charge-card", Work<int>(s, () => throw thrown, later));
            s.Holds(ReferenceEquals(error, thrown), $"The operation's error did not pass unchanged: {error?.GetType().Name ?? "none"}.");
            var line = log.One(lines);
            s.Same((line.Level, line.ToErrors), ("ERROR", true), "The level of the line, and whether it went to standard error");
            s.Same((line.String("error", "message"), line.String("error", "code")), ("no more today", "POLICY_DENIED"), "Message and code of the error in the line");
            s.Holds(line.Text.Contains("charge-card", StringComparison.Ordinal), "The line does not name the operation.");
            s.Holds(line.Message != done.Message, $"A failure reads as a success does: {Show.Value(line.Message)}.");
            Took(s, line);
        }

        var times = 0;
        await s.Log().TimeAsync<int>("charge-card", () => Task.FromException<int>(new TimeoutException($"{++times}")));
        s.Same(times, 1, "How often a failing operation was run");
        var atOnce = s.Log();
        atOnce.One((await atOnce.TimeAsync<int>("charge-card", static () => throw new InvalidOperationException("before it began"))).Lines);
    }

    private static async Task CancellationTold(Scene s)
    {
        var log = s.Log();
        var done = log.One((await log.TimeAsync("charge-card", Work(s, static () => 1, later: true))).Lines);
        var failed = log.One((await log.TimeAsync("charge-card", Work<int>(s, static () => throw new InvalidOperationException("no"), later: true))).Lines);
        foreach (var thrown in new OperationCanceledException[] { new("stopped"), new TaskCanceledException("stopped") })
        {
            var (_, error, lines) = await log.TimeAsync("charge-card", Work<int>(s, () => throw thrown, later: true));
            s.Holds(ReferenceEquals(error, thrown), $"The cancellation did not pass unchanged: {error?.GetType().Name ?? "none"}.");
            s.Holds(lines.Count <= 1, $"One operation came to {Show.Value(lines.Count)} lines.");
            s.Holds(lines.All(static l => l.Level != "ERROR"), "A cancellation is logged as an error.");
            s.Holds(lines.All(l => l.Message != done.Message), "A cancelled operation reads as one that succeeded.");
            s.Holds(lines.All(l => l.Message != failed.Message), "A cancelled operation reads as one that failed.");
        }
    }

    private static async Task DurationMeasured(Scene s)
    {
        s.NeedsVirtualTime();
        foreach (var jump in new[] { TimeSpan.FromHours(-1), TimeSpan.FromHours(1) })
        {
            var log = s.Log();
            Took(s, log.One((await log.TimeAsync("charge-card", () =>
            {
                s.Jump(jump);
                s.Advance(s_work);
                return Task.FromResult(1);
            })).Lines));
        }
    }

    private static async Task ResultKept(Scene s)
    {
        var (log, broken, thrown) = (s.Log(), new Broken(), new InvalidOperationException("x"));
        var kept = new object();
        var (result, error, _) = await log.TimeAsync("load", () => Task.FromResult(kept), broken);
        s.Holds(ReferenceEquals(result, kept) && error is null, $"The result is lost where the logger throws: {error?.GetType().Name}");
        (_, error, _) = await log.TimeAsync<object>("load", () => throw thrown, broken);
        s.Holds(ReferenceEquals(error, thrown), $"The error is lost where the logger throws: {error?.GetType().Name ?? "none"} passes.");
        (result, error, _) = await log.TimeAsync<object?>("load", static () => Task.FromResult<object?>(null));
        s.Holds(result is null && error is null, $"A result of nothing does not pass: {error?.GetType().Name}");
    }

    private sealed class Broken : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("no scope for you");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new InvalidOperationException("no line for you");
    }
}
