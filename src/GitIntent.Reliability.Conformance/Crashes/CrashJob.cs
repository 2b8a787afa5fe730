using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>What a child process is to do, and when it is to die of it.</summary>
internal sealed record CrashJob
{
    /// <summary>The file in which it says what it does.</summary>
    public required string Journal { get; init; }

    public required string Namespace { get; init; }

    public string? Location { get; init; }

    /// <summary>What its ids begin with.</summary>
    public required string Prefix { get; init; }

    /// <summary>Whether every part has a caller of its own, all at once and round after round; else one caller goes through all of them once.</summary>
    public bool Busy { get; init; }

    /// <summary>The moment at which it dies: see <see cref="Moments"/>. 0: at none of them.</summary>
    public int KillAt { get; init; }

    /// <summary>A busy one dies some time after that many calls have returned: <see cref="Phase"/> says when.</summary>
    public int KillAfter { get; init; }

    /// <summary>In units of what a call has taken on average.</summary>
    public double Phase { get; init; }

    /// <summary>A process that does not come to an end by then ends itself.</summary>
    public required int LimitMs { get; init; }

    /// <summary>A path, which fits on every command line.</summary>
    public static CrashJob Read(string path) => JsonSerializer.Deserialize(File.ReadAllText(path), CrashJson.Default.CrashJob)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, CrashJson.Default.CrashJob));
}

[JsonSerializable(typeof(CrashJob))]
internal sealed partial class CrashJson : JsonSerializerContext;
