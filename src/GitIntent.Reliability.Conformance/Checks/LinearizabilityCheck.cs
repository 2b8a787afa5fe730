using GitIntent.Reliability.Conformance.Linearizability;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Random histories, judged by whether one object, call after call, could have answered them.</summary>
internal static class LinearizabilityCheck
{
    public static ConformanceCheck Check { get; } = new("linearizability", "Linearizability",
    [
        new("linearizable-locks", "Whatever calls of a lock overlap, each takes effect at one moment: some order of them, one after the other, explains all results.", s => new LockHistories().VirtualAsync(s, s.Rounds(36))),
        new("linearizable-locks-of-threads", "The same holds for threads that call a lock, while leases end.", s => new LockHistories().ThreadsAsync(s, s.Rounds(8))),
        new("linearizable-records", "Whatever calls of an operation's record overlap, each takes effect at one moment: some order of them explains all results.", s => new RecordHistories().VirtualAsync(s, s.Rounds(36))),
        new("linearizable-records-of-threads", "The same holds for threads that call an idempotency store, while times run out.", s => new RecordHistories().ThreadsAsync(s, s.Rounds(8))),
        new("linearizable-checkpoints", "Whatever saves, deletes and reads of a run's checkpoint overlap, each takes effect at one moment: some order of them explains all results.", s => new CheckpointHistories().VirtualAsync(s, s.Rounds(18))),
        new("linearizable-checkpoints-of-threads", "The same holds for threads that save and delete a run's checkpoint.", s => new CheckpointHistories().ThreadsAsync(s, s.Rounds(8))),
    ]);
}
