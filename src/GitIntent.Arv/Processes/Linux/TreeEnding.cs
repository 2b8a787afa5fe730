using System.Collections.Immutable;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>Ends a family to the last process: politely once, then stopped where it stands, so that it cannot fork on, and killed.</summary>
internal static class TreeEnding
{
    private const int PoliteRounds = 12;
    private const int RoundMilliseconds = 25;

    /// <summary>A family that is larger than this after so many rounds of killing (about ten seconds) is given up, and said to be.</summary>
    private const int KillRounds = 400;

    /// <param name="whileWaiting">Called while there is nothing to do but wait, for so many milliseconds: pipes are read, so that nobody waits for us.</param>
    /// <returns>All that lived when it began, but the command's own process, and whether each has ended.</returns>
    public static ImmutableArray<Leftover> End(ProcessFamily family, bool polite, Action<int> whileWaiting)
    {
        var names = new SortedDictionary<int, string>();
        var living = family.Living();
        Name(living);
        if (polite)
        {
            Signal(living, Libc.SigTerm);
            for (var round = 0; round < PoliteRounds && living.Count > 0; round++)
            {
                whileWaiting(RoundMilliseconds);
                living = family.Living();
            }
        }
        for (var round = 0; round < KillRounds && living.Count > 0; round++)
        {
            // One that is stopped cannot start another; when a look finds nobody new, all can be killed at once.
            var seen = -1;
            for (var look = 0; look < 50 && living.Count != seen; look++)
            {
                seen = living.Count;
                Signal(living, Libc.SigStop);
                living = family.Living();
            }
            Signal(living, Libc.SigKill);
            whileWaiting(round < 10 ? 1 : RoundMilliseconds);
            living = family.Living();
        }
        var survivors = living.Select(static entry => entry.Pid).ToHashSet();
        return [.. names.Select(pair => new Leftover(pair.Key, pair.Value, !survivors.Contains(pair.Key)))];

        void Name(List<ProcEntry> entries)
        {
            // A fork bomb's thousands are all alike.
            foreach (var entry in entries.Where(entry => entry.Pid != family.Root).Take(50))
                names[entry.Pid] = ProcTable.CommandOf(entry.Pid);
        }
    }

    private static void Signal(List<ProcEntry> entries, int signal)
    {
        foreach (var entry in entries)
        {
            var pidfd = Libc.OpenPidfd(entry.Pid);
            if (pidfd < 0)
            {
                _ = Libc.Kill(entry.Pid, signal);
                continue;
            }
            // The number may have gone to another process since we looked: the descriptor cannot, so look again through it.
            if (ProcTable.Find(entry.Pid) is { } now && now.Started == entry.Started)
                _ = Libc.SignalPidfd(pidfd, signal);
            _ = Libc.Close(pidfd);
        }
    }
}
