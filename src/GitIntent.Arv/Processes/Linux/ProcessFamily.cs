using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>
/// All that a command started, however it tried to get away. Three marks find it: its chain of parents; the command's session; and, when a parent
/// has died and the process has come to us (we are the subreaper: prctl(2)), a variable in the environment that it was started with.
/// One without any of them (an empty environment, two forks and setsid) is the command's if no other command runs.
/// </summary>
internal sealed class ProcessFamily : IDisposable
{
    /// <summary>Holds an id for each command; a nested arv adds its own, so that both find what it leaves.</summary>
    public const string Variable = "ARV_COMMAND";

    private static readonly ConcurrentDictionary<ProcessFamily, bool> Families = new();
    private static readonly int OwnSession = Libc.GetSession(0);
    private static readonly byte[] AnyMark = Encoding.ASCII.GetBytes(Variable + "=");

    private readonly string _id = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly byte[] _mark;

    public ProcessFamily()
    {
        _mark = Encoding.ASCII.GetBytes(_id);
        _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);
        KeepExitCodes();
        Families[this] = true;
    }

    /// <summary>The command's own process; its number stays its own until it is reaped, at the very end.</summary>
    public int Root { get; set; }

    public ImmutableDictionary<string, string> Mark(ImmutableDictionary<string, string> environment) =>
        environment.SetItem(Variable, environment.TryGetValue(Variable, out var outer) ? $"{outer},{_id}" : _id);

    /// <summary>The living, by number, the command's own process among them.</summary>
    public List<ProcEntry> Living()
    {
        var table = ProcTable.Read();
        var children = table.ToLookup(static entry => entry.Parent);
        var alone = Families.Count == 1;
        var found = new SortedDictionary<int, ProcEntry>();
        var left = new Stack<ProcEntry>(table.Where(entry => entry.Pid == Root || entry.Session == Root || (IsOrphan(entry) && IsOurs(entry, alone))));
        while (left.TryPop(out var entry))
        {
            if (!found.TryAdd(entry.Pid, entry))
                continue;
            foreach (var child in children[entry.Pid])
                left.Push(child);
        }
        foreach (var entry in found.Values.Where(static entry => entry.IsOver))
            Reap(entry);
        return [.. found.Values.Where(static entry => !entry.IsOver)];
    }

    public void Dispose() => Families.TryRemove(this, out _);

    /// <summary>Came to us because its parent died. What this process started by itself is of our own session.</summary>
    private static bool IsOrphan(ProcEntry entry) =>
        entry.Session != OwnSession && (entry.Parent == Environment.ProcessId || entry.Parent == 1) && !Families.Keys.Any(other => other.Root == entry.Pid);

    private bool IsOurs(ProcEntry entry, bool alone)
    {
        // The dead have no environment any more; whose they were no longer matters, they only need to be buried.
        if (entry.IsOver)
            return alone && entry.Parent == Environment.ProcessId;
        var environment = ProcTable.EnvironmentOf(entry.Pid);
        if (environment.AsSpan().IndexOf(_mark) >= 0)
            return true;
        return alone && entry.Parent == Environment.ProcessId && environment.AsSpan().IndexOf(AnyMark) < 0;
    }

    /// <summary>Who started us may have had us ignore SIGCHLD: then the kernel throws exit codes away (waitpid(2)), and no verdict could be given.</summary>
    private static unsafe void KeepExitCodes()
    {
        var old = stackalloc nint[64];
        if (Libc.SignalAction(Libc.SigChild, null, old) == 0 && *old == Libc.IgnoringHandler)
            _ = Libc.SetSignal(Libc.SigChild, Libc.DefaultHandler);
    }

    private unsafe void Reap(ProcEntry entry)
    {
        if (entry.Pid != Root && entry.Parent == Environment.ProcessId)
            _ = Libc.WaitPid(entry.Pid, null, Libc.WaitNoHang);
    }
}
