using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;

namespace GitIntent.Arv.Running;

/// <summary>A check of the plan, for one of the paths of its <c>for_each</c> where it has one.</summary>
internal sealed record CheckInstance(PlannedCheck Check, string? Instance, Bindings Bindings)
{
    public string Id => Instance is null ? Check.Id : $"{Check.Id}/{Instance}";

    public string FullId => $"{Check.Gate}/{Id}";

    /// <summary>What is wrong already, before anything has run: a folder whose name does not fit, nothing to expand to.</summary>
    public CheckOutcome? Early { get; init; }

    /// <summary>Whether its <c>for_each</c> matches nothing, so that nothing can be at its <c>{path}</c>.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Why this run leaves it out; null when it does not.</summary>
    public string? Skip { get; init; }

    /// <summary>Why nobody asks it, by the command line or by the configuration; null when it is asked.</summary>
    public string? NotAsked => Skip ?? (Check.Off is { } off ? $"off: {off}" : null);
}

/// <summary>What became of a check.</summary>
internal sealed record CheckResult(CheckInstance Instance, Verdict Verdict, string? Reason, ImmutableArray<Finding> Findings, Evidence Evidence)
{
    public TimeSpan Duration { get; init; }

    public System.Text.Json.JsonElement? Details { get; init; }

    /// <summary>What is reported in its place: see <see cref="CheckOutcome.Parts"/>.</summary>
    public ImmutableArray<CheckResult> Parts { get; init; } = [];

    /// <summary>Whether it was skipped since what is judged does not offer what it is about.</summary>
    public bool IsNotOffered { get; init; }

    /// <summary>What is reported of it.</summary>
    public ImmutableArray<CheckResult> Reported => Parts.IsEmpty ? [this] : Parts;

    public static CheckResult Skipped(CheckInstance instance, string reason) => new(instance, Verdict.Skipped, reason, [], Evidence.None);

    public static CheckResult Refused(CheckInstance instance, string reason) => new(instance, Verdict.Refused, reason, [], Evidence.None);
}
