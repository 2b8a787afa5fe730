using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GitIntent.Reliability.Samples;

/// <summary>One span, metric or log record as it arrived.</summary>
/// <param name="Signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>, from the path.</param>
/// <param name="Name">The name of a span or metric, the body of a log record.</param>
/// <param name="OfTheRun">Whether it carries the run's id.</param>
internal sealed record Received(string Signal, string Name, bool OfTheRun);

/// <summary>As much of an OTLP collector as it takes to see what arrives: HTTP with protobuf, in memory.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public Uri Address => Loopback.AddressOf(_app);

    public IReadOnlyCollection<Received> Received => _received;

    public static async Task<OtlpCollector> StartAsync()
    {
        var app = Loopback.Create();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", (RequestDelegate)collector.ReceiveAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var signal = (string)context.Request.RouteValues["signal"]!;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Read(signal, body.GetBuffer().AsSpan(0, (int)body.Length));
        context.Response.ContentType = "application/x-protobuf"; // an empty message: everything was accepted
    }

    /// <summary>Export…ServiceRequest.resource_… = 1, Resource….scope_… = 2, Scope….spans, metrics, log_records = 2: all three have the same shape
    /// (opentelemetry-proto, collector/*/v1).</summary>
    private void Read(string signal, ReadOnlySpan<byte> request)
    {
        foreach (var resource in new Protobuf(request, 1))
        {
            foreach (var scope in new Protobuf(resource, 2))
            {
                foreach (var item in new Protobuf(scope, 2))
                    _received.Enqueue(new(signal, NameOf(signal, item), item.IndexOf("run_id"u8) >= 0 && item.IndexOf(Encoding.UTF8.GetBytes(NightlyImport.RunId)) >= 0));
            }
        }
    }

    /// <summary>Span.name = 5, Metric.name = 1, LogRecord.body = 5 with AnyValue.string_value = 1.</summary>
    private static string NameOf(string signal, ReadOnlySpan<byte> item)
    {
        var name = First(item, signal == "metrics" ? 1 : 5);
        return Encoding.UTF8.GetString(signal == "logs" ? First(name, 1) : name);
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> message, int field)
    {
        foreach (var value in new Protobuf(message, field))
            return value;
        return [];
    }
}
