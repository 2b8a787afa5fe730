using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Subjects.Hostile;

/// <summary>What is well in the midst of the others, and what they share.</summary>
public abstract class Hostile : ConformanceSubject
{
    protected MemorySubject Memory { get; } = new();

    public override IErrorTaxonomy Errors => ErrorTaxonomy.Default;
}

public sealed class Well : Hostile
{
    public override string Name => "well";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) =>
        Memory.LocksAsync(context);
}
