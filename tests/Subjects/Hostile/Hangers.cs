using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Subjects.Hostile;

public sealed class Blocks : Hostile
{
    public override string Name => "blocks";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        Thread.CurrentThread.Join();
        return default;
    }
}

public sealed class Spins : Hostile
{
    public override string Name => "spins";

    /// <summary>The kit reads it on its own way, on which it limits nothing.</summary>
    public override bool Durable
    {
        get
        {
            for (var turn = 0; ; turn = unchecked(turn + 1))
            {
                if (turn < 0 && turn > 0)
                    return false;
            }
        }
    }

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => default;

    public override bool VirtualTime => Durable;
}

public sealed class HangsWhenMade : Hostile
{
    public HangsWhenMade() => Thread.CurrentThread.Join();

    public override string Name => "hangs-when-made";
}

/// <summary>The last by name: its thread keeps the last process.</summary>
public sealed class ZKeepsThread : Hostile
{
    public override string Name => "keeps-thread";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        new Thread(static () => Thread.CurrentThread.Join()).Start();
        return Memory.LocksAsync(context);
    }
}
