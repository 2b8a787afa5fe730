using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>Every part its own: stores and metrics by compare-and-set, an analyzer and a taxonomy that share nothing with the library's.</summary>
/// <param name="name">What it is called.</param>
/// <param name="make">How a namespace is kept.</param>
internal sealed class CasSubject(string name, Func<TimeProvider, StateStore> make) : ConformanceSubject
{
    private readonly Dictionary<string, StateStore> _stores = new(StringComparer.Ordinal);

    public static CasSubject CompareAndSet => new("compare-and-set", static time => new CasStore(time));

    public static CasSubject Actor => new("actor", static time => new ActorStore(time));

    public static CasSubject Queued => new("queued", static time => new QueuedStore(time));

    public override string Name => name;

    public override IResumeAnalyzer Resume { get; } = new OwnAnalyzer();

    public override IErrorTaxonomy Errors { get; } = new OwnTaxonomy();

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new CasLocks(Store(context), Options(context)));

    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(new CasRecords(Store(context), Options(context)));

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(new CasCheckpoints(Store(context), Options(context)));

    public override IObservability Observability(SubjectContext context) => new Own(context.Time);

    public override ValueTask CloseAsync(SubjectContext context)
    {
        lock (_stores)
        {
            if (_stores.Remove(context.Namespace, out var store))
                (store as IDisposable)?.Dispose();
        }

        return default;
    }

    private StateStore Store(SubjectContext context)
    {
        lock (_stores)
            return _stores.TryGetValue(context.Namespace, out var there) ? there : _stores[context.Namespace] = make(context.Time);
    }

    private static ReliabilityOptions Options(SubjectContext context) => new() { TimeProvider = context.Time };

    private sealed class Own(TimeProvider time) : IObservability
    {
        private readonly PlainObservability _plain = new(time);

        public ILogging Logging => _plain.Logging;

        public IRunContexts Contexts => _plain.Contexts;

        public IMetrics CreateMetrics(int? maxSeries = null) => new CasMetrics(time, maxSeries ?? 1000, () => _plain.Contexts.Current);
    }
}
