using System.Text.Json;

namespace GitIntent.Reliability.Tests.Resume;

internal static class Runs
{
    /// <summary>A run whose steps are written as letters: d done, s skipped, f failed, r running, p pending.</summary>
    public static RunState Of(string steps, RunStatus status = RunStatus.Running, long revision = 0) => new()
    {
        RunId = "run",
        Status = status,
        Revision = revision,
        Steps = [.. steps.Select((c, i) => new RunStep
        {
            Id = $"s{i}",
            Name = i % 2 == 0 ? "coder" : $"agent{i}",
            Status = c switch { 'd' => StepStatus.Completed, 's' => StepStatus.Skipped, 'f' => StepStatus.Failed, 'r' => StepStatus.Running, _ => StepStatus.Pending },
            Output = c is 'd' or 'f' ? Json($"\"out{i}\"") : null,
            InputHash = $"in{i}",
        })],
    };

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
