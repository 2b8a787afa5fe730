using GitIntent.Reliability;
using GitIntent.Reliability.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// What an application writes is between the two lines; the rest is the other end, so that the sample can show that it arrived.
await using var collector = await OtlpCollector.StartAsync();

// ---
void Otlp(OtlpExporterOptions to, string signal)
{
    to.Protocol = OtlpExportProtocol.HttpProtobuf;
    to.Endpoint = new Uri(collector.Address, $"v1/{signal}");
}

using var traces = Sdk.CreateTracerProviderBuilder()
    .AddSource(ReliabilityTelemetry.ActivitySourceName)
    .AddOtlpExporter(o => Otlp(o, "traces"))
    .Build();
using var metrics = Sdk.CreateMeterProviderBuilder()
    .AddMeter(ReliabilityTelemetry.MeterName)
    .AddOtlpExporter(o => Otlp(o, "metrics"))
    .AddPrometheusExporter()
    .Build();
using var logging = LoggerFactory.Create(b => b.AddOpenTelemetry(o =>
{
    o.IncludeFormattedMessage = true;
    o.AddProcessor(new RunContextProcessor());
    o.AddOtlpExporter(e => Otlp(e, "logs"));
}));

await using var web = Loopback.Create();
web.MapPrometheusScrapingEndpoint("/metrics", metrics, configureBranchedPipeline: null, optionsName: null);
// ---

await web.StartAsync();
await NightlyImport.RunAsync(logging);

using var http = new HttpClient();
var page = await http.GetStringAsync(new Uri(Loopback.AddressOf(web), "metrics"));
metrics.ForceFlush();
traces.ForceFlush();
logging.Dispose(); // flushes: a factory has no call for it alone

return Findings.Print(Console.Out, page, collector) ? 0 : 1;
