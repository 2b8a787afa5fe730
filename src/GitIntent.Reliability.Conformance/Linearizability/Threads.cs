using System.Diagnostics;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Real threads that do something at the same moment.</summary>
internal static class Threads
{
    /// <summary>How long rounds go on that take next to nothing: a store in memory has thousands of them then, one that writes to a disk the fewest.</summary>
    private static readonly TimeSpan s_enough = TimeSpan.FromMilliseconds(8);

    private const int MostRounds = 2000;

    /// <param name="count">How many.</param>
    /// <param name="body">Gets the number of its thread, and what waits until all threads are there; a thread that has ended is not waited for.</param>
    /// <param name="limit">How long all of it may take.</param>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int count, Func<int, Action, T> body, TimeSpan limit)
    {
        var meeting = new Meeting(count, limit);
        var tasks = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() =>
        {
            try
            {
                meeting.Come();
                return body(i, meeting.Come);
            }
            finally
            {
                meeting.Leave();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        return await Patience.WithinAsync(Task.WhenAll(tasks), limit);
    }

    /// <summary>Round by round, each begun by all threads at the same moment, give or take what one of them is kept waiting more each time.</summary>
    /// <param name="count">How many threads.</param>
    /// <param name="rounds">The fewest rounds.</param>
    /// <param name="body">Gets the numbers of thread and round.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <returns>What the threads came to, round by round.</returns>
    public static async Task<IReadOnlyList<T[]>> RoundsAsync<T>(int count, int rounds, Func<int, int, T> body, TimeSpan limit)
    {
        var (start, last) = (Stopwatch.GetTimestamp(), int.MaxValue);
        var ofThreads = await RunAsync(count, (caller, meet) =>
        {
            List<T> mine = [];
            for (var round = 0; ; round++)
            {
                // One of them decides, before they meet: all go on, or none.
                if (caller == 0 && round >= rounds && (round >= MostRounds || Stopwatch.GetElapsedTime(start) > s_enough))
                    Volatile.Write(ref last, round);
                meet();
                if (round >= Volatile.Read(ref last))
                    return mine;
                if (round % count == caller)
                    Thread.SpinWait(round / count % 6);
                mine.Add(body(caller, round));
            }
        }, limit);
        return [.. Enumerable.Range(0, ofThreads.Min(static t => t.Count)).Select(round => ofThreads.Select(t => t[round]).ToArray())];
    }

    /// <summary>
    /// A barrier that is waited for without sleep. Where two meet, each waits a little more until it sees that the other is running, and has not just been
    /// told to: so both go on within a fraction of a microsecond, also where others want the processors.
    /// </summary>
    private sealed class Meeting(int count, TimeSpan limit)
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(0.3);

        /// <summary>So often in vain, and there is but one processor, or as good as one.</summary>
        private const int MostInVain = 60;

        private readonly Lock _gate = new();
        private readonly bool _two = count == 2;
        private int _expected = count;
        private int _there;
        private int _meetings;
        private long _runs;
        private long _allRun;
        private int _inVain;

        public void Come()
        {
            int meeting;
            lock (_gate)
            {
                meeting = _meetings;
                _there++;
                GoOn();
            }

            var (spin, start) = (new SpinWait(), Stopwatch.GetTimestamp());
            while (Volatile.Read(ref _meetings) == meeting && (spin.Count % 64 != 63 || Stopwatch.GetElapsedTime(start) < limit))
                spin.SpinOnce(sleep1Threshold: -1);
            if (_two)
                RunTogether(Volatile.Read(ref _allRun));
        }

        public void Leave()
        {
            lock (_gate)
            {
                _expected--;
                GoOn();
            }
        }

        private void RunTogether(long all)
        {
            var runs = Interlocked.Increment(ref _runs);
            if (runs >= all || Volatile.Read(ref _inVain) >= MostInVain)
                return;
            var start = Stopwatch.GetTimestamp();
            for (var i = 1; Volatile.Read(ref _runs) < all; i++)
            {
                if (i % 64 == 0 && Stopwatch.GetElapsedTime(start) > s_patience)
                {
                    Interlocked.Increment(ref _inVain);
                    return;
                }
            }
        }

        /// <summary>Who comes has been running since it came the last time.</summary>
        private void GoOn()
        {
            if (_there < _expected || _there == 0)
                return;
            Volatile.Write(ref _allRun, Volatile.Read(ref _runs) + _there);
            _there = 0;
            Volatile.Write(ref _meetings, _meetings + 1);
        }
    }
}
