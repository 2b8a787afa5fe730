using System.Collections.Concurrent;

namespace GitIntent.Reliability.Conformance;

/// <summary>The library's own implementation in memory.</summary>
public sealed class MemorySubject : ConformanceSubject
{
    private readonly ConcurrentDictionary<string, MemoryStore> _stores = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    public override IResumeAnalyzer Resume => ResumeAnalyzer.Instance;

    /// <inheritdoc/>
    public override IErrorTaxonomy Errors => ErrorTaxonomy.Default;

    /// <inheritdoc/>
    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new MemoryRunLockManager(Store(context), Options(context)));

    /// <inheritdoc/>
    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(new MemoryIdempotencyStore(Store(context), Options(context)));

    /// <inheritdoc/>
    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(new MemoryCheckpointManager(Store(context), Options(context)));

    /// <inheritdoc/>
    public override IObservability Observability(SubjectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new LibraryObservability(context.Time);
    }

    /// <inheritdoc/>
    public override ValueTask CloseAsync(SubjectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _stores.TryRemove(context.Namespace, out _);
        return default;
    }

    private MemoryStore Store(SubjectContext context) => _stores.GetOrAdd(context.Namespace, static (_, time) => new MemoryStore(time), context.Time);

    private static ReliabilityOptions Options(SubjectContext context) => new() { TimeProvider = context.Time };
}
