namespace GitIntent.Reliability.Tests.Faulty.Durable;

/// <summary>One fault each of a store that keeps files, as an implementer makes it: nothing shows as long as nobody is killed. What it is: <see cref="DurableCatalogue"/>.</summary>
public enum DurableFault
{
    LocksWrittenBehind,
    ReleaseRemembered,
    ExtendRemembered,
    DeadOwnersRobbed,
    LeaseEndedByTimer,
    FenceFromHeld,
    FencesReserved,
    ExtendInTwo,
    OutcomeAtClose,
    ResultApart,
    PendingDropped,
    PendingEndedByTimer,
    LockFileLeft,
    TruncatedFirst,
    LogCut,
    VersionRemembered,
    SavedLater,
}

/// <summary>What each fault is, which part of the store has it, and which promise it breaks.</summary>
internal static class DurableCatalogue
{
    public const string Locks = "locks", Records = "records", Checkpoints = "checkpoints";

    public static IReadOnlyList<(DurableFault Fault, string Part, string Promise, string What)> All { get; } =
    [
        (DurableFault.LocksWrittenBehind, Locks, "killed-lock-kept", "answers first, and writes when it has time"),
        (DurableFault.ReleaseRemembered, Locks, "killed-lock-kept", "keeps in memory what was released"),
        (DurableFault.ExtendRemembered, Locks, "killed-lock-kept", "keeps in memory what was extended"),
        (DurableFault.DeadOwnersRobbed, Locks, "killed-holder-expires", "takes locks whose process is gone, long before their lease ends"),
        (DurableFault.LeaseEndedByTimer, Locks, "killed-holder-expires", "ends leases by a timer of the holder's process"),
        (DurableFault.FenceFromHeld, Locks, "killed-fences-grow", "counts on in memory from the greatest fence that is held"),
        (DurableFault.FencesReserved, Locks, "killed-fences-grow", "writes down at its end which fences it has given"),
        (DurableFault.ExtendInTwo, Locks, "killed-call-whole", "deletes and inserts in two transactions"),
        (DurableFault.OutcomeAtClose, Records, "killed-outcome-kept", "writes outcomes when it is closed"),
        (DurableFault.ResultApart, Records, "killed-call-whole", "writes the status, then the result"),
        (DurableFault.PendingDropped, Records, "killed-executor-replaced", "drops what was under way when it is opened"),
        (DurableFault.PendingEndedByTimer, Records, "killed-executor-replaced", "ends the time in progress by a timer of the executor's process"),
        (DurableFault.LockFileLeft, Records, "killed-store-opens", "takes a file that is there for a process that is"),
        (DurableFault.TruncatedFirst, Checkpoints, "killed-call-whole", "writes over the old file"),
        (DurableFault.LogCut, Checkpoints, "killed-store-opens", "cannot read a log whose last entry was cut"),
        (DurableFault.VersionRemembered, Checkpoints, "killed-checkpoint-kept", "counts on in memory from the greatest version that is kept"),
        (DurableFault.SavedLater, Checkpoints, "killed-checkpoint-kept", "saves in the background"),
    ];
}
