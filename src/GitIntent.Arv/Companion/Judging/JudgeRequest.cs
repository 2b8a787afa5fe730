using System.Text.Json.Serialization;

namespace GitIntent.Arv.Companion.Judging;

/// <summary>What the companion is to judge.</summary>
internal sealed record JudgeRequest
{
    /// <summary>The assembly's path, absolute.</summary>
    public required string Assembly { get; init; }

    /// <summary>A folder in which its subjects may keep data.</summary>
    public required string Location { get; init; }

    /// <summary>The ids of the checks, in their order.</summary>
    public required string[] Checks { get; init; }

    public required int Seed { get; init; }

    /// <summary>How long the construction of a subject, and each check, may take.</summary>
    public required int LimitMs { get; init; }

    /// <summary>What an earlier process has done, or died of: not to be tried again.</summary>
    public required JudgedCheck[] Done { get; init; }

    /// <summary>A folder of NuGet packages, in which what the assembly needs may be; null: none.</summary>
    public string? Packages { get; init; }

    /// <summary>The types whose construction an earlier process died of.</summary>
    public required string[] Unfit { get; init; }
}

/// <param name="Type">The subject's type.</param>
/// <param name="Check">The check's id.</param>
internal sealed record JudgedCheck(string Type, string Check);

/// <summary>What a companion is to do that the check <c>Crash safety</c> kills.</summary>
/// <param name="Assembly">The assembly's path, absolute.</param>
/// <param name="Type">The subject's type.</param>
/// <param name="Job">The kit's own word for it.</param>
internal sealed record CrashRequest(string Assembly, string Type, string Job);

/// <summary>The two ends of the judge's channel; made at compile time, since the command's end is native.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JudgeRequest))]
[JsonSerializable(typeof(JudgeLine))]
[JsonSerializable(typeof(CrashRequest))]
internal sealed partial class JudgeJson : JsonSerializerContext;
