using GitIntent.Reliability.Conformance;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>
/// Stores written anew for this catalogue, around one coarse lock, with lists instead of indexes: correct unless a fault is switched on. Each fault is
/// one that an implementer makes.
/// </summary>
public sealed class FaultySubject(string name, Fault? fault = null) : ConformanceSubject
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, CoarseData> _data = new(StringComparer.Ordinal);

    public override string Name => name;

    /// <summary>Whether every call answers only after a turn of the thread pool.</summary>
    public bool Later { get; init; }

    /// <summary>Whether the machine's clock decides, as a server's does.</summary>
    public bool OwnClock { get; init; }

    public override bool VirtualTime => !OwnClock;

    public override IResumeAnalyzer Resume => new FaultyResume(fault);

    public override IErrorTaxonomy Errors => new FaultyErrors(fault);

    public override IObservability Observability(SubjectContext context) => new PlainObservability(context.Time);

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new CoarseLocks(Data(context), fault, Later, Options(context)));

    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(new CoarseRecords(fault == Fault.RecordsOfProcess ? new CoarseData(context.Time) : Data(context), fault, Later, Options(context)));

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(new CoarseCheckpoints(Data(context), fault, Later, Options(context)));

    private CoarseData Data(SubjectContext context) =>
        fault == Fault.ProcessesApart ? new CoarseData(context.Time) : _data.GetOrAdd(context.Namespace, _ => new CoarseData(context.Time));

    private ReliabilityOptions Options(SubjectContext context) => fault switch
    {
        Fault.ClockNotHandedOn => new(),
        Fault.TimersWithGrace => new() { TimeProvider = new LateTimers(context.Time, static due => due + TimeSpan.FromSeconds(1)) },
        Fault.TimersInSeconds => new() { TimeProvider = new LateTimers(context.Time, static due => TimeSpan.FromSeconds(Math.Ceiling(due.TotalSeconds))) },
        Fault.LoggerThrows => new() { TimeProvider = context.Time, LoggerFactory = new ThrowingLogger() },
        _ => new() { TimeProvider = context.Time },
    };
}

/// <summary>Audit events alone, or logging, run context and metrics alone.</summary>
internal sealed class PartialSubject(string name, IErrorTaxonomy? errors = null, Func<TimeProvider, IObservability>? observability = null) : ConformanceSubject
{
    public override string Name => name;

    public override IErrorTaxonomy? Errors => errors;

    public override IObservability? Observability(SubjectContext context) => observability?.Invoke(context.Time);
}
