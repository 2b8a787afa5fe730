using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Subjects.Hostile;

public sealed class Exits : Hostile
{
    public override string Name => "exits";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        Environment.Exit(7);
        return default;
    }
}

public sealed class Overflows : Hostile
{
    public override string Name => "overflows";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new((RunLockManager?)(Deeper(1) > 0 ? null : throw new InvalidOperationException()));

    private static int Deeper(int depth) => Deeper(depth + 1) + depth;
}

public sealed class FailsFast : Hostile
{
    public override string Name => "fails-fast";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        Environment.FailFast("no way on");
        return default;
    }
}

public sealed class ThrowsElsewhere : Hostile
{
    public override string Name => "throws-elsewhere";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        var thread = new Thread(static () => throw new InvalidOperationException("on a thread of its own"));
        thread.Start();
        thread.Join();
        return default;
    }
}

public sealed class ExitsWhenMade : Hostile
{
    public ExitsWhenMade() => Environment.Exit(8);

    public override string Name => "exits-when-made";
}
