using System.Text.Json;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Runs and their artifacts, as scenes need them.</summary>
internal static class Runs
{
    public static RunState Run(params ReadOnlySpan<(string Id, StepStatus Status, string? Output)> steps)
    {
        List<RunStep> list = [];
        foreach (var (id, status, output) in steps)
            list.Add(new RunStep { Id = id, Name = $"agent-{id}", Status = status, Output = output is null ? null : Json(output) });
        return new RunState { RunId = "run-1", Status = RunStatus.Failed, Steps = list, Revision = 5 };
    }

    public static RunState ThreeSteps => Run(("a", StepStatus.Completed, "\"A\""), ("b", StepStatus.Failed, null), ("c", StepStatus.Completed, "\"C\""));

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static Dictionary<string, JsonElement> Set(params (string Id, string Json)[] values) => values.ToDictionary(static v => v.Id, static v => Json(v.Json), StringComparer.Ordinal);

    public static string Text(IReadOnlyDictionary<string, JsonElement> artifacts) =>
        string.Join(" ", artifacts.OrderBy(static a => a.Key, StringComparer.Ordinal).Select(static a => $"{a.Key}={System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(a.Value))}"));
}
