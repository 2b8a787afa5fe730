using GitIntent.Reliability.Conformance.Crashes;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Durable subjects: what a process leaves that is killed in the midst of its work.</summary>
internal static class CrashSafety
{
    public static ConformanceCheck Check { get; } = new("crash-safety", "Crash safety",
    [
        Of(CrashPromises.Opens, "Whenever a process is killed, the store opens again by itself, and answers and takes calls as if nothing had happened.", []),
        Of(CrashPromises.Whole, "A call that was under way when its process was killed has happened wholly or not at all.", []),
        Of(CrashPromises.LockKept, "A lock that was acquired, extended or released before its process was killed is so after it.", [CrashParts.Locks]),
        Of(CrashPromises.HolderExpires, "The lock of a holder that was killed is refused to others until its lease ends, and is free from then on.", [CrashParts.Locks], timed: true),
        Of(CrashPromises.FencesGrow, "Whatever a kill interrupts, fences after it are greater than all that were given before.", [CrashParts.Locks, CrashParts.Records]),
        Of(CrashPromises.OutcomeKept, "An outcome that was recorded before a process was killed is replayed after it, to the byte, and nobody executes the operation again.", [CrashParts.Records]),
        Of(CrashPromises.ExecutorReplaced, "An operation whose executor was killed is under way until its time in progress ends; then another may execute it.", [CrashParts.Records], timed: true),
        Of(CrashPromises.CheckpointKept, "The checkpoint after a kill is the last one that was saved, whole, and can be saved over by a greater version.", [CrashParts.Checkpoints]),
    ]);

    /// <param name="parts">The promise is about one of these.</param>
    /// <param name="timed">Whether the clock has to be moved for it.</param>
    private static Promise Of(string name, string sentence, string[] parts, bool timed = false) => new(name, sentence, async scene =>
    {
        var trials = await scene.OnceAsync(CrashTrials.RunAsync);
        var mine = trials.Problems.Where(p => p.Promise == name).MinBy(static p => p.History.Count);
        if (mine is not null)
            throw new BrokenPromiseException(mine.What, mine.History);
        if (trials.Problems.Count > 0)
            throw new PartMissingException("a kill has broken another promise, so no more processes were killed");
        if (parts.Length > 0 && !parts.Any(trials.Parts.Contains))
            throw new PartMissingException($"the subject offers no {string.Join(" and no ", parts.Select(CrashParts.Name))}");
        if (timed)
            scene.NeedsVirtualTime();
    })
    {
        Limit = CrashLimits.OfTrial,
    };
}
