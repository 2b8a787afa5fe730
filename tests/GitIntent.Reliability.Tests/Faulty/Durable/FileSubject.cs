using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Processes;

namespace GitIntent.Reliability.Tests.Faulty.Durable;

/// <summary>
/// A store of plain files, one for each part, read and written as a whole under a lock of the system, and replaced by a rename: correct unless a fault
/// is switched on.
/// </summary>
public sealed class FileSubject(DurableFault? fault = null) : ConformanceSubject
{
    public override string Name => fault?.ToString() ?? "files";

    public override bool Durable => true;

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(Offers(DurableCatalogue.Locks) ? new FileLocks(State(context, DurableCatalogue.Locks), fault, Options(context)) : null);

    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(Offers(DurableCatalogue.Records) ? new FileRecords(State(context, DurableCatalogue.Records), fault, Options(context)) : null);

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(Offers(DurableCatalogue.Checkpoints) ? new FileCheckpoints(State(context, DurableCatalogue.Checkpoints), fault, Options(context)) : null);

    /// <summary>Runs the check, with this assembly as the process that is killed.</summary>
    public static async Task<ConformanceResult> RunAsync(ConformanceCheck check, DurableFault? fault, ConformanceOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("files-");
        try
        {
            return await check.RunAsync(new FileSubject(fault), options with { Location = folder.FullName, Child = job => Child(job, fault) });
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static ChildCommand Child(string job, DurableFault? fault) => new(Spawn.Dotnet, "exec", Spawn.Assembly, "crash-files", fault?.ToString() ?? "", job);

    private bool Offers(string part) => fault is null || DurableCatalogue.All.Any(f => f.Fault == fault && f.Part == part);

    private FileState State(SubjectContext context, string part) => new(Path.Combine(context.Location!, $"{context.Namespace}.{part}"), fault, context.Time);

    private static ReliabilityOptions Options(SubjectContext context) => new() { TimeProvider = context.Time };
}
