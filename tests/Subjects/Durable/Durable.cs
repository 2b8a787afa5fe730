using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty.Durable;

namespace GitIntent.Subjects.Durable;

/// <summary>Checkpoints in files.</summary>
public abstract class Files(DurableFault? fault) : ConformanceSubject
{
    public override bool Durable => true;

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) =>
        new(new FileCheckpoints(new FileState(Path.Combine(context.Location!, $"{Name}.{context.Namespace}"), fault, context.Time), fault, new ReliabilityOptions { TimeProvider = context.Time }));
}

public sealed class Keeps() : Files(null)
{
    public override string Name => "keeps";
}

public sealed class SavesLater() : Files(DurableFault.SavedLater)
{
    public override string Name => "saves-later";
}

/// <summary>Cannot be made in the process that is to be killed.</summary>
public sealed class OnlyOnce : Files
{
    public OnlyOnce()
        : base(null)
    {
        if (Environment.GetCommandLineArgs().Contains("crash"))
            throw new InvalidOperationException("there is one already");
    }

    public override string Name => "only-once";
}
