namespace GitIntent.Reliability.Conformance;

/// <summary>
/// An implementation that is to be proved. What it does not offer is reported as skipped. A class that is looked for in an assembly is public and has a
/// public constructor without parameters.
/// </summary>
public abstract class ConformanceSubject
{
    /// <summary>What reports call it: <c>memory</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the data outlives the process: another one finds the data of a namespace by its name and the location alone.</summary>
    /// <value>False.</value>
    public virtual bool Durable => false;

    /// <summary>Whether <see cref="SubjectContext.Time"/> decides what has expired; false: the store's own clock does.</summary>
    /// <value>True.</value>
    public virtual bool VirtualTime => true;

    /// <summary>A lock manager on the data of the context's namespace, as a process of its own would have one. Null: no locks are offered.</summary>
    public virtual ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => default;

    /// <summary>An idempotency store on the data of the context's namespace, as a process of its own would have one. Null: none is offered.</summary>
    public virtual ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => default;

    /// <summary>A checkpoint manager on the data of the context's namespace, as a process of its own would have one. Null: none is offered.</summary>
    public virtual ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => default;

    /// <summary>What decides where a run goes on. Null: none is offered.</summary>
    public virtual IResumeAnalyzer? Resume => null;

    /// <summary>What classifies errors. Null: none is offered.</summary>
    public virtual IErrorTaxonomy? Errors => null;

    /// <summary>Logging, run context and metrics, by the clock of the context. Null: none is offered.</summary>
    public virtual IObservability? Observability(SubjectContext context) => null;

    /// <summary>The namespace is not used any more: its data may go. What was made for it is disposed of already.</summary>
    public virtual ValueTask CloseAsync(SubjectContext context) => default;
}

/// <summary>What a subject makes its parts with.</summary>
/// <param name="Time">The clock, and the timers.</param>
/// <param name="Namespace">The same namespace is the same data, as seen from a second process; another one is empty at first.</param>
/// <param name="Location">Where data may be kept, such as the path of a target; null where nobody said.</param>
/// <param name="Stop">The run is to end.</param>
public sealed record SubjectContext(TimeProvider Time, string Namespace, string? Location, CancellationToken Stop);
