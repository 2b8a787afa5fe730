using GitIntent.Reliability.Conformance.Checks;

namespace GitIntent.Reliability.Conformance;

/// <summary>The checks there are. The one place that lists them.</summary>
public static class ConformanceSuite
{
    /// <summary>Every check, in the order of reports.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } =
    [
        LockAcquisition.Check,
        LockExpiration.Check,
        ConcurrentLocking.Check,
        IdempotencyKeyGeneration.Check,
        IdempotencyExecutionCheck.Check,
        ResumeAnalysis.Check,
        ErrorTypes.Check,
        ErrorPatternDetection.Check,
        LockScopeAndWaiting.Check,
        LockAdministration.Check,
        Fencing.Check,
        IdempotencyLifecycle.Check,
        CheckpointStorage.Check,
        AuditEvents.Check,
        StructuredLogging.Check,
        TraceContext.Check,
        Metrics.Check,
        CrashSafety.Check,
        LinearizabilityCheck.Check,
    ];

    /// <summary>The check of that id, or null.</summary>
    public static ConformanceCheck? Find(string id) => Checks.FirstOrDefault(c => c.Id == id);

    /// <summary>Runs every check on <paramref name="subject"/>.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="options">Seed, place.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<IReadOnlyList<ConformanceResult>> RunAsync(ConformanceSubject subject, ConformanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ConformanceResult> results = [];
        foreach (var check in Checks)
            results.Add(await check.RunAsync(subject, options, cancellationToken).ConfigureAwait(false));
        return results;
    }

    /// <summary>Runs every check on <paramref name="subject"/>, and throws if a promise was broken: one line in a test of any framework.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="options">Seed, place.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ConformanceException">A promise was broken; some could not be judged; or nothing was offered that could be checked.</exception>
    public static async Task VerifyAsync(ConformanceSubject subject, ConformanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var results = await RunAsync(subject, options, cancellationToken).ConfigureAwait(false);
        if (results.Any(static r => r.Outcome is ConformanceOutcome.Failed or ConformanceOutcome.Refused) || results.All(static r => r.Outcome == ConformanceOutcome.Skipped))
            throw new ConformanceException(subject.Name, results);
    }
}
