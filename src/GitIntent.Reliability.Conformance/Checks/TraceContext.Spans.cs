using System.Diagnostics;
using GitIntent.Reliability.Conformance.Scenes;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Spans.</summary>
internal static partial class TraceContext
{
    /// <summary>A listener, without which a source starts no spans. It is told of every span in the process, and keeps none.</summary>
    private static ActivityListener? Listen(Scene s)
    {
        if (s.Contexts.ActivitySourceName is not { } name)
            return null;
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == name, Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Activity Start(Scene s, string name) =>
        s.Call($"start span {name}", () => s.Contexts.StartSpan(name), static span => span is null ? "none" : "started")
        ?? throw new BrokenPromiseException($"There is no span {name}, although somebody listens.");

    private static void Stop(Scene s, Activity span) => s.Call($"end span {span.OperationName}", () =>
    {
        span.Dispose();
        return true;
    }, static _ => "ended");

    private static Task SpansW3C(Scene s)
    {
        using var listener = Listen(s);
        var spans = new List<Activity>();
        for (var i = 0; i < 3; i++)
        {
            var span = Start(s, $"span-{i}");
            s.Same(span.OperationName, $"span-{i}", "The name of the span");
            s.Same(span.IdFormat, ActivityIdFormat.W3C, "The format of the span's ids");
            s.Holds(IsHex(span.TraceId.ToHexString(), 32), $"The trace id is {Show.Value(span.TraceId.ToHexString())}.");
            s.Holds(IsHex(span.SpanId.ToHexString(), 16), $"The span id is {Show.Value(span.SpanId.ToHexString())}.");
            s.Holds(span.StartTimeUtc > DateTime.UnixEpoch, "The span does not say when it started.");
            Stop(s, span);
            s.Holds(span.IsStopped, "The span did not end.");
            spans.Add(span);
        }

        s.Same(spans.Select(static x => x.SpanId).Distinct().Count(), spans.Count, "How many span ids three spans have");
        s.Same(spans.Select(static x => x.TraceId).Distinct().Count(), spans.Count, "How many trace ids three spans have that are in no other");
        return Task.CompletedTask;
    }

    private static bool IsHex(string id, int length) => id.Length == length && id.All(char.IsAsciiHexDigitLower) && id.Any(static c => c != '0');

    private static async Task SpansNest(Scene s)
    {
        using var listener = Listen(s);
        var before = Activity.Current;
        var outer = Start(s, "outer");
        s.Holds(Activity.Current == outer, "A span that has started is not the current one.");
        await Task.Yield();
        var inner = Start(s, "inner");
        s.Same(inner.TraceId, outer.TraceId, "The trace id of the inner span");
        s.Same(inner.ParentSpanId, outer.SpanId, "The parent of the inner span");
        s.Holds(inner.SpanId != outer.SpanId, "Both spans have one id.");
        Stop(s, inner);
        s.Holds(Activity.Current == outer, "The outer span is not current again after the inner one ended.");
        await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() =>
        {
            var child = Start(s, $"child-{i}");
            s.Same(child.ParentSpanId, outer.SpanId, "The parent of a span in a task");
            Stop(s, child);
        }, s.Stop)));
        Stop(s, outer);
        s.Holds(Activity.Current == before, "A span is current after all have ended.");
    }

    private static async Task SpansStamped(Scene s)
    {
        using var listener = Listen(s);
        Carries(s, new(null), "outside of a context");
        using (Begin(s, "run-1", "acme", "load"))
        {
            Carries(s, new("run-1", "acme", "load"), "in a context");
            using (Begin(s, step: "save"))
                Carries(s, new("run-1", "acme", "save"), "in a step");
        }

        var begun = new Gathering(3);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            using (Begin(s, $"run-{i}", who: $"task {i}"))
            {
                await begun.ArriveAsync();
                Carries(s, new($"run-{i}"), $"of run-{i}, while others work");
            }
        }));
    }

    private static void Carries(Scene s, RunIdentity expected, string where)
    {
        var span = Start(s, "work");
        var (found, run) = (Stamp.Of(span.TagObjects), span.GetBaggageItem("run_id"));
        Stop(s, span);
        s.Same(Show.Identity(found with { RunId = found.RunId ?? run }), Show.Identity(expected), $"What is stamped on a span {where}");
    }

    private static async Task LinesNameTheirSpan(Scene s)
    {
        using var listener = Listen(s);
        var log = s.Log();
        var outer = Start(s, "outer");
        var inner = Start(s, "inner");
        Names(await log.OneAsync(LogLevel.Information, "x"), inner);
        Stop(s, inner);
        Names(await log.OneAsync(LogLevel.Information, "x"), outer);
        Stop(s, outer);
        Names(await log.OneAsync(LogLevel.Information, "x"), Activity.Current);

        void Names(LogLine line, Activity? span)
        {
            foreach (var (field, expected) in new[] { ("traceId", span?.TraceId.ToHexString()), ("spanId", span?.SpanId.ToHexString()), ("parentSpanId", span is null || span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString()) })
                s.Holds(line.Optional(field) is not { } found || found == expected, $"The line's {field} is not that of its span {span?.OperationName ?? "(none)"}.");
        }
    }

    private static async Task OperationSpans(Scene s)
    {
        using var listener = Listen(s);
        var log = s.Log();
        var before = Activity.Current;
        using (Begin(s, "run-1", "acme", "load"))
        {
            foreach (var error in new Exception?[] { null, new InvalidOperationException("out of paper"), new OperationCanceledException("stopped") })
            {
                Activity? span = null;
                await log.TimeAsync(error is null ? "an operation that succeeds" : $"an operation that ends with {error.GetType().Name}", async () =>
                {
                    span = Activity.Current;
                    await Task.Yield();
                    return error is null ? 1 : throw error;
                });
                s.Holds(Activity.Current == before, "The span of an operation is current after it.");
                if (span is null || span == before)
                    continue; // an operation need not be a span
                s.Holds(span.IsStopped, "The span of an operation did not end with it.");
                s.Same(Show.Identity(Stamp.Of(span.TagObjects)), "run run-1, tenant acme, step load", "What is stamped on the span of an operation");
                s.Same(span.Status == ActivityStatusCode.Error, error is InvalidOperationException, $"Whether the span of an operation says that it failed, which ended with {error?.GetType().Name ?? "success"}");
            }
        }
    }
}
