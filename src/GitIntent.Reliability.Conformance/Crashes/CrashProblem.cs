namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>A promise that a kill has shown broken.</summary>
/// <param name="Promise">Its name.</param>
/// <param name="What">What happened instead.</param>
/// <param name="History">The calls that show it: those that are about the same thing.</param>
internal sealed record CrashProblem(string Promise, string What, IReadOnlyList<RecordedCall> History);

/// <summary>The names of the promises, where problems are told apart.</summary>
internal static class CrashPromises
{
    public const string Opens = "killed-store-opens", Whole = "killed-call-whole", LockKept = "killed-lock-kept", HolderExpires = "killed-holder-expires",
        FencesGrow = "killed-fences-grow", OutcomeKept = "killed-outcome-kept", ExecutorReplaced = "killed-executor-replaced", CheckpointKept = "killed-checkpoint-kept";

    /// <summary>Which one a part owes what it has acknowledged.</summary>
    public static string Kept(string part, CrashStep last) => part switch
    {
        CrashParts.Locks => LockKept,
        CrashParts.Checkpoints => CheckpointKept,
        _ => last.Draws ? ExecutorReplaced : OutcomeKept,
    };
}
