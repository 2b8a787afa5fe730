using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Conformance.CompareAndSet;
using Microsoft.Extensions.Logging;
using YamlDotNet.Serialization;

namespace GitIntent.Subjects.Conflicting;

/// <summary>Judged as long as each dependency is in its version; and nothing of it is lost where it meets the contract.</summary>
public sealed class Conflicting : ConformanceSubject
{
    private readonly ConcurrentDictionary<string, StateStore> _stores = new(StringComparer.Ordinal);

    public Conflicting()
    {
        Expect(typeof(ILogger), 11);
        Expect(typeof(JsonSerializer), 11);
        Expect(typeof(ImmutableDictionary), 11);
        Expect(typeof(DeserializerBuilder), 13);
    }

    public override string Name => "conflicting";

    public override IErrorTaxonomy Errors => ErrorTaxonomy.Default;

    public override IResumeAnalyzer Resume => ResumeAnalyzer.Instance;

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new CasLocks(Store(context), Options(context)));

    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(new CasRecords(Store(context), Options(context)));

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(new CasCheckpoints(Store(context), Options(context)));

    public override IObservability Observability(SubjectContext context) => new LibraryObservability(context.Time);

    public override ValueTask CloseAsync(SubjectContext context) => _stores.TryRemove(context.Namespace, out _) ? default : default;

    private StateStore Store(SubjectContext context) => _stores.GetOrAdd(context.Namespace, static (_, time) => new CasStore(time), context.Time);

    private static ReliabilityOptions Options(SubjectContext context) => new() { TimeProvider = context.Time };

    private static void Expect(Type type, int major)
    {
        var found = type.Assembly.GetName().Version!;
        if (found.Major != major)
            throw new InvalidOperationException($"{type.Assembly.GetName().Name} is version {found}, and not {major}");
    }
}
