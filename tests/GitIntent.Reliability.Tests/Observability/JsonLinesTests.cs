using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Reliability.Tests.Observability;

public class JsonLinesTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private ILogger Logger(LogLevel level = LogLevel.Information) =>
        LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(new JsonLinesLoggerProvider(_output, _errors, new() { MinimumLevel = level, TimeProvider = _time }))).CreateLogger("app.Orders");

    /// <summary>A strict parser: one value a line, no duplicate names, nothing after it.</summary>
    private static List<JsonElement> Lines(StringWriter writer)
    {
        var text = writer.ToString();
        text.ShouldEndWith("\n");
        return [.. text[..^1].Split('\n').Select(line =>
        {
            CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(line));
            return JsonDocument.Parse(line).RootElement;
        })];
    }

    [Fact]
    public void A_line_has_level_message_time_component_context_data_error_and_duration()
    {
        using (RunContext.Begin("run-1", "acme", "step-2"))
        using (Logger().BeginScope(new Dictionary<string, object?> { ["Scope"] = true }))
            Logger().LogInformation("took {DurationMs} for {Count} of {Name}", 12.5, 3, "ä\n\"😀");
        var line = Lines(_output).Single();
        line.EnumerateObject().Select(p => p.Name).ShouldBe(["level", "message", "timestamp", "component", "runId", "tenantId", "stepId", "durationMs", "data"]);
        line.GetProperty("level").GetString().ShouldBe("INFO");
        line.GetProperty("timestamp").GetString().ShouldBe("2026-01-02T03:04:05Z");
        line.GetProperty("component").GetString().ShouldBe("app.Orders");
        line.GetProperty("runId").GetString().ShouldBe("run-1");
        line.GetProperty("tenantId").GetString().ShouldBe("acme");
        line.GetProperty("stepId").GetString().ShouldBe("step-2");
        line.GetProperty("durationMs").GetDouble().ShouldBe(12.5);
        line.GetProperty("data").GetProperty("Count").GetInt32().ShouldBe(3);
        line.GetProperty("data").GetProperty("Name").GetString().ShouldBe("ä\n\"😀");
    }

    [Fact]
    public void Warnings_and_errors_go_to_the_other_writer_with_name_code_and_stack()
    {
        var logger = Logger(LogLevel.Trace);
        logger.LogDebug("d");
        logger.LogTrace("t");
        logger.LogWarning("w");
        logger.LogError(Errors.Provoke.By(() => File.ReadAllText("/none")), "e");
        logger.LogCritical("c");
        Lines(_output).Select(l => l.GetProperty("level").GetString()).ShouldBe(["DEBUG", "DEBUG"]);
        var errors = Lines(_errors);
        errors.Select(l => l.GetProperty("level").GetString()).ShouldBe(["WARN", "ERROR", "ERROR"]);
        var error = errors[1].GetProperty("error");
        error.GetProperty("name").GetString().ShouldBe("FileNotFoundException");
        error.GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        error.GetProperty("stack").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_level_that_is_off_costs_nothing()
    {
        var logger = new JsonLinesLoggerProvider(_output).CreateLogger("x");
        logger.IsEnabled(LogLevel.Debug).ShouldBeFalse();
        logger.Log(LogLevel.Debug, default, 0, null, (_, _) => throw new InvalidOperationException("formatted"));
        _output.ToString().ShouldBeEmpty();
        Func<int, Exception?, string> format = static (_, _) => "";
        logger.Log(LogLevel.Debug, default, 0, null, format);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            logger.Log(LogLevel.Debug, default, i, null, format);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Children_inherit_and_the_nearer_wins()
    {
        var child = Logger().Child(new KeyValuePair<string, object?>("a", 1), new("b", 1)).Child(new KeyValuePair<string, object?>("b", 2));
        child.LogInformation("x {C}", 3);
        Lines(_output).Single().GetProperty("data").EnumerateObject().Select(p => (p.Name, p.Value.GetInt32())).ShouldBe([("C", 3), ("a", 1), ("b", 2)]);
    }

    [Fact]
    public void Secrets_are_redacted_by_name_and_by_shape()
    {
        Logger().LogInformation("push {ApiKey} {Url} {Header} password=hunter2", "abc123", "https://u:hunter2@h/", "Bearer abcdefgh12345678");
        var text = _output.ToString();
        foreach (var secret in new[] { "hunter2", "abcdefgh12345678", "\"abc123\"" })
            text.ShouldNotContain(secret);
        Lines(_output);
    }

    [Fact]
    public void Logging_never_throws_and_stays_JSON()
    {
        var logger = Logger();
        logger.LogInformation("{Bad} {NaN} {Lone} {List}", new Bad(), double.NaN, "\ud800", new object?[] { 1, null, new Bad() });
        logger.Log(LogLevel.Information, default, "state", new BadException(), (_, _) => throw new InvalidOperationException());
        Lines(_output).Count.ShouldBe(2);
        logger.LogError(new BadException(), "told all the same");
        Lines(_errors).Single().GetProperty("message").GetString().ShouldBe("told all the same");
        new JsonLinesLoggerProvider(new ClosedWriter()).CreateLogger("x").LogInformation("lost");
        var disposed = new JsonLinesLoggerProvider(_output);
        disposed.Dispose();
        disposed.CreateLogger("x").LogInformation("lost");
        Lines(_output).Count.ShouldBe(2);
    }

    [Fact]
    public void Lines_of_many_threads_do_not_mix()
    {
        var logger = Logger();
        Parallel.For(0, 200, i =>
        {
            using (RunContext.Begin($"run-{i}"))
                logger.LogInformation("{I}", i);
        });
        var lines = Lines(_output);
        lines.Count.ShouldBe(200);
        lines.ShouldAllBe(l => l.GetProperty("runId").GetString() == $"run-{l.GetProperty("data").GetProperty("I").GetInt32()}");
    }

    [Fact]
    public async Task A_timed_operation_says_once_how_it_ended_and_loses_neither_result_nor_error()
    {
        var logger = Logger();
        (await logger.TimeAsync("load", () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(40));
            return Task.FromResult(7);
        }, _time)).ShouldBe(7);
        await Should.ThrowAsync<InvalidTimeZoneException>(() => logger.TimeAsync("save", () => throw new InvalidTimeZoneException("no"), _time));
        await Should.ThrowAsync<OperationCanceledException>(() => logger.TimeAsync("stop", () => throw new OperationCanceledException(), _time));
        Lines(_output).Select(l => (l.GetProperty("message").GetString(), l.GetProperty("durationMs").GetDouble())).ShouldBe([("load completed after 40 ms", 40d), ("stop was cancelled after 0 ms", 0d)]);
        Lines(_errors).Single().GetProperty("error").GetProperty("name").GetString().ShouldBe("InvalidTimeZoneException");
        (await new ThrowingLogger().TimeAsync("x", () => Task.FromResult(1))).ShouldBe(1);
    }

    [Fact]
    public async Task A_span_carries_the_context_and_its_ids_are_on_the_lines()
    {
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == ReliabilityTelemetry.ActivitySourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        List<Activity> stopped = [];
        listener.ActivityStopped = a =>
        {
            lock (stopped)
                stopped.Add(a);
        };
        ActivitySource.AddActivityListener(listener);
        var run = Guid.NewGuid().ToString();
        using (RunContext.Begin(run, "acme"))
            await Logger().TimeAsync("work", () => Task.CompletedTask);
        var span = stopped.Single(a => (string?)a.GetTagItem("run_id") == run);
        (span.OperationName, span.Status, span.GetTagItem("tenant_id")).ShouldBe(("work", ActivityStatusCode.Ok, "acme"));
        var line = Lines(_output).Single();
        (line.GetProperty("traceId").GetString(), line.GetProperty("spanId").GetString()).ShouldBe((span.TraceId.ToHexString(), span.SpanId.ToHexString()));
    }

    private sealed class Bad
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    private sealed class BadException : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string StackTrace => throw new InvalidOperationException();
    }

    private sealed class ClosedWriter : StringWriter
    {
        public override void Write(string? value) => throw new ObjectDisposedException("x");
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new InvalidOperationException();
    }
}
