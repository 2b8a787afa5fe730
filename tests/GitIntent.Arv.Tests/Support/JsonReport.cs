using System.Text.Json;

namespace GitIntent.Arv.Tests.Support;

/// <summary>A run's JSON report, as short lines.</summary>
internal sealed record JsonReport(JsonElement Root, int ExitCode)
{
    public static async Task<JsonReport> OfAsync(TempFolder folder, params string[] args)
    {
        var result = await Tool.RunAsync(folder.Path, [.. args, "--json", "-"]);
        result.Out.ShouldStartWith("{", Case.Sensitive, result.Out + result.Error);
        return new JsonReport(JsonDocument.Parse(result.Out).RootElement, result.ExitCode);
    }

    /// <summary><c>check: verdict</c>, with the reason where there is one.</summary>
    public string[] Checks => [.. Gates.SelectMany(g => g.GetProperty("checks").EnumerateArray()).Select(c =>
        $"{c.GetProperty("id")}: {c.GetProperty("verdict")}" + (c.GetProperty("reason").ValueKind == JsonValueKind.Null ? "" : $": {c.GetProperty("reason")}"))];

    /// <summary><c>check: RULE path:line: message</c>.</summary>
    public string[] Findings => [.. Gates.SelectMany(g => g.GetProperty("findings").EnumerateArray()).Select(f =>
        $"{f.GetProperty("check")}: {f.GetProperty("rule")} {f.GetProperty("path")}:{f.GetProperty("line")}: {f.GetProperty("message")}")];

    private IEnumerable<JsonElement> Gates => Root.GetProperty("gates").EnumerateArray();
}
