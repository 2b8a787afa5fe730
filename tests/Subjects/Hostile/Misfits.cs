using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;
using Microsoft.Win32.SafeHandles;

namespace GitIntent.Subjects.Hostile;

public sealed class ThrowsWhenMade : Hostile
{
    public ThrowsWhenMade() => throw new InvalidOperationException("there is no server");

    public override string Name => "throws-when-made";
}

public sealed class NeedsArguments(string name) : Hostile
{
    public override string Name => name;
}

public sealed class Nameless : Hostile
{
    public override string Name => null!;
}

/// <summary>Writes where an answer might be expected, and is well.</summary>
public sealed class Prints : Hostile
{
    public override string Name => "prints";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        Console.WriteLine("{\"event\":\"refused\",\"reason\":\"printed\"}");
        using var raw = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write);
        raw.Write("{\"event\":\"done\"}\n\0\xff"u8);
        return Memory.LocksAsync(context);
    }
}

public sealed class ReturnsNull : Hostile
{
    public override string Name => "returns-null";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new NullLocks());

    private sealed class NullLocks : RunLockManager
    {
        protected override ValueTask<LockReply> AcquireCoreAsync(LockRequest request, CancellationToken cancellationToken) => default;

        protected override ValueTask<bool> ReleaseCoreAsync(RunKey key, OwnerToken owner, CancellationToken cancellationToken) => default;

        protected override ValueTask<DateTimeOffset?> ExtendCoreAsync(RunKey key, OwnerToken owner, TimeSpan ttl, bool allowShorten, CancellationToken cancellationToken) => default;

        protected override ValueTask<RunLock?> GetCoreAsync(RunKey key, CancellationToken cancellationToken) => default;

        protected override ValueTask<IReadOnlyList<RunLock>> ListCoreAsync(string tenant, CancellationToken cancellationToken) => default;

        protected override ValueTask<bool> ForceReleaseCoreAsync(RunKey key, CancellationToken cancellationToken) => default;
    }
}
