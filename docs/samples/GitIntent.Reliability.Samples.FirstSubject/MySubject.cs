using System.Collections.Concurrent;
using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace My.Locks;

public sealed class MySubject : ConformanceSubject
{
    private readonly ConcurrentDictionary<string, MemoryStore> _data = new();

    public override string Name => "my-locks";

    // Called once for each process that a check imagines. The same namespace is the same data: let it choose your database, schema or key prefix.
    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        var store = _data.GetOrAdd(context.Namespace, _ => new MemoryStore(context.Time));
        return new(new MemoryRunLockManager(store, new ReliabilityOptions { TimeProvider = context.Time })); // your own here
    }

    public override ValueTask CloseAsync(SubjectContext context) => _data.TryRemove(context.Namespace, out _) ? default : default;
}
