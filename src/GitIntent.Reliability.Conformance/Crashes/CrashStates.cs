using System.Security.Cryptography;
using System.Text;
using GitIntent.Reliability.Conformance.Checks;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>What is there, in words, so that what has to be there can be compared; and the number that it has.</summary>
/// <param name="Text">In words.</param>
/// <param name="Number">The fence or version; 0 where nothing is there.</param>
internal readonly record struct CrashState(string Text, long Number)
{
    public override string ToString() => Number == 0 ? Text : FormattableString.Invariant($"{Text}, number {Number}");
}

/// <param name="timed">Whether the ends of leases are known to the tick.</param>
internal sealed class CrashStates(bool timed)
{
    public const string Gone = "nothing";

    public CrashState Of(RunLock? there) => there is null ? new(Gone, 0) : new(Held(there.ExpiresAt), there.Fence);

    public CrashState Of(IdempotencyRecord? there) => there is null ? new(Gone, 0) : new(there switch
    {
        { Status: IdempotencyStatus.Pending } => Pending(there.ExpiresAt),
        { Status: IdempotencyStatus.Completed } => Completed(there.ResultJson ?? "", there.ExpiresAt),
        _ => Failed(there.Failure, there.ExpiresAt),
    }, there.Fence);

    public static CrashState Of(RunCheckpoint? there) => there is null ? new(Gone, 0) : new(Saved(there), there.Version);

    public string Held(DateTimeOffset until) => $"held{Until(until)}";

    public string Pending(DateTimeOffset until) => $"under way{Until(until)}";

    public string Completed(string json, DateTimeOffset until) => $"result of {Digest(json)}{Until(until)}";

    public string Failed(FailureInfo? failure, DateTimeOffset until) => $"failure {failure?.Code} \"{failure?.Message}\"{Until(until)}";

    public static string Saved(RunCheckpoint checkpoint) => FormattableString.Invariant($"revision {checkpoint.RunRevision}, {checkpoint.Steps.Count} steps, artifacts of {Digest(Runs.Text(checkpoint.Artifacts))}");

    private string Until(DateTimeOffset until) => timed ? $" until {Show.At(until)}" : "";

    /// <summary>Long texts are told apart by it, and stay readable.</summary>
    private static string Digest(string text) => FormattableString.Invariant($"{text.Length} characters #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8]}");
}
