using System.Collections.Immutable;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>The checks by id and title, as the conformance suite has them: written down, so that reading a configuration does not load the suite. A test compares.</summary>
internal static class ReliabilityIds
{
    public static readonly ImmutableArray<(string Id, string Title)> All =
    [
        ("lock-acquisition", "Lock acquisition"),
        ("lock-expiration", "Lock expiration"),
        ("concurrent-locking", "Concurrent locking"),
        ("idempotency-key-generation", "Idempotency key generation"),
        ("idempotency-execution", "Idempotency execution"),
        ("resume-analysis", "Resume analysis"),
        ("error-types", "Error types"),
        ("error-pattern-detection", "Error pattern detection"),
        ("lock-scope-and-waiting", "Lock scope and waiting"),
        ("lock-administration", "Lock administration"),
        ("fencing", "Fencing"),
        ("idempotency-lifecycle", "Idempotency lifecycle"),
        ("checkpoint-storage", "Checkpoint storage"),
        ("audit-events", "Audit events"),
        ("structured-logging", "Structured logging"),
        ("trace-context", "Trace context"),
        ("metrics", "Metrics"),
        ("crash-safety", "Crash safety"),
        ("linearizability", "Linearizability"),
    ];
}
