using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GitIntent.Reliability.Tests.Docs;

/// <summary>docs/samples/GitIntent.Reliability.Samples.Observability, run as its readers run it.</summary>
public class ObservabilitySample
{
    [Fact]
    public async Task It_sees_its_own_metrics_spans_and_logs_arrive()
    {
        var (exit, output) = await Run();
        exit.ShouldBe(0, output);
        output.ShouldContain("gitintent_reliability_lock_conflicts_total{otel_scope_name=\"GitIntent.Reliability\",tenant_id=\"acme\"} 1\n");
        output.ShouldContain("OTLP received 4 traces: load | publish\n");
        output.ShouldContain("OTLP received 5 metrics: ");
        output.ShouldContain("OTLP received 6 logs: ");
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", "traces of import-42 over OTLP")]
    [InlineData("OTEL_SDK_DISABLED", "true", "gitintent.reliability.lock.acquired on the Prometheus page")]
    public async Task It_fails_when_something_does_not_arrive(string variable, string value, string missing)
    {
        var (exit, output) = await Run((variable, value));
        exit.ShouldBe(1, output);
        output.ShouldContain($"MISSING {missing}\n");
    }

    private static async Task<(int Exit, string Output)> Run(params (string Name, string Value)[] environment)
    {
        // The same configuration and framework as these tests: …/bin/Release/net10.0
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        const string Name = "GitIntent.Reliability.Samples.Observability";
        var program = Path.Combine(Repository(), "docs", "samples", Name, "bin", output.Parent!.Name, output.Name, Name + ".dll");
        var dotnet = Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // What the host sets for its own telemetry is not asked.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var said = (await child.StandardOutput.ReadToEndAsync()).ReplaceLineEndings("\n");
        await child.WaitForExitAsync();
        return (child.ExitCode, said + await errors);
    }

    private static string Repository([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..");
}
