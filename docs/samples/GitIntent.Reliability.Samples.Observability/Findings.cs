namespace GitIntent.Reliability.Samples;

/// <summary>Says what arrived, and what did not.</summary>
internal static class Findings
{
    private static readonly string[] s_metrics =
    [
        "gitintent.reliability.lock.acquired", "gitintent.reliability.lock.conflicts", "gitintent.reliability.idempotency.started",
        "gitintent.reliability.idempotency.found", "gitintent.reliability.checkpoint.saved",
    ];

    /// <returns>Whether all of it arrived.</returns>
    public static bool Print(TextWriter output, string page, OtlpCollector collector)
    {
        List<string> missing = [];
        var lines = page.Split('\n').Where(l => l.StartsWith("gitintent_", StringComparison.Ordinal)).ToList();
        output.WriteLine("Prometheus scraped:");
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        foreach (var name in s_metrics)
        {
            if (!lines.Exists(l => l.StartsWith(name.Replace('.', '_'), StringComparison.Ordinal) && l.Contains($"tenant_id=\"{NightlyImport.Tenant}\"", StringComparison.Ordinal)))
                missing.Add($"{name} on the Prometheus page");
            if (!collector.Received.Any(r => r.Signal == "metrics" && r.Name == name))
                missing.Add($"{name} over OTLP");
        }

        foreach (var signal in new[] { "traces", "metrics", "logs" })
        {
            var all = collector.Received.Where(r => r.Signal == signal).ToList();
            output.WriteLine($"OTLP received {all.Count} {signal}: {string.Join(" | ", all.Select(r => r.Name).Distinct())}");
            if (signal != "metrics" && (all.Count == 0 || !all.TrueForAll(r => r.OfTheRun)))
                missing.Add($"{signal} of {NightlyImport.RunId} over OTLP");
        }

        foreach (var what in missing)
            output.WriteLine($"MISSING {what}");
        return missing.Count == 0;
    }
}
