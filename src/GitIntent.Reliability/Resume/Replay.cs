using System.Security.Cryptography;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>A step as it happened: what it was given and what it produced.</summary>
/// <param name="StepId">The step.</param>
/// <param name="InputHash">The hash of its input; null where it is not known, and then not compared.</param>
/// <param name="Output">What it produced; null is nothing.</param>
public sealed record StepTrace(string StepId, string? InputHash, JsonElement? Output);

/// <summary>In what a replay differs.</summary>
public enum DivergenceKind
{
    /// <summary>Another step came at this place.</summary>
    Step,
    /// <summary>The step was given something else.</summary>
    Input,
    /// <summary>The step produced something else.</summary>
    Output,
    /// <summary>The replay ended before this step.</summary>
    Missing,
    /// <summary>The replay went on with a step that was not recorded.</summary>
    Extra,
}

/// <summary>The first difference between what was recorded and what was replayed.</summary>
/// <param name="Index">The place, from 0.</param>
/// <param name="StepId">The step that was recorded there, or that came in addition.</param>
/// <param name="Kind">In what they differ.</param>
/// <param name="Expected">What was recorded: a step id, or a hash.</param>
/// <param name="Actual">What was replayed.</param>
public sealed record ReplayDivergence(int Index, string StepId, DivergenceKind Kind, string? Expected, string? Actual);

/// <summary>Compares a replay with its record.</summary>
public static class Replay
{
    /// <summary>The completed steps of <paramref name="checkpoint"/> as a record to replay against.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    public static IReadOnlyList<StepTrace> Recorded(RunCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return [.. checkpoint.Steps.Where(s => s.Status == StepStatus.Completed)
            .Select(s => new StepTrace(s.Id, s.InputHash, checkpoint.Artifacts.TryGetValue(s.Id, out var output) ? output : null))];
    }

    /// <summary>The first place where they differ, or null. A step with another input is named for its input, whatever it then produced.</summary>
    /// <param name="recorded">What happened.</param>
    /// <param name="replayed">What happened this time.</param>
    public static ReplayDivergence? FirstDivergence(IReadOnlyList<StepTrace> recorded, IReadOnlyList<StepTrace> replayed)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(replayed);
        for (var i = 0; i < recorded.Count; i++)
        {
            var then = recorded[i];
            if (i >= replayed.Count)
                return new(i, then.StepId, DivergenceKind.Missing, then.StepId, null);
            var now = replayed[i];
            if (now.StepId != then.StepId)
                return new(i, then.StepId, DivergenceKind.Step, then.StepId, now.StepId);
            if (then.InputHash is not null && now.InputHash is not null && then.InputHash != now.InputHash)
                return new(i, then.StepId, DivergenceKind.Input, then.InputHash, now.InputHash);
            var (expected, actual) = (Hash(then.Output), Hash(now.Output));
            if (expected != actual)
                return new(i, then.StepId, DivergenceKind.Output, expected, actual);
        }

        return replayed.Count > recorded.Count
            ? new(recorded.Count, replayed[recorded.Count].StepId, DivergenceKind.Extra, null, replayed[recorded.Count].StepId)
            : null;
    }

    private static string? Hash(JsonElement? output) => output is { } value ? Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalize(value))) : null;
}
