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
        var (start, isOver) = (Stopwatch.GetTimestamp(), false);
        var ofThreads = await RunAsync(count, (caller, meet) =>
        {
            List<T> mine = [];
            for (var round = 0; ; round++)
            {
                // One of them decides, before they meet: all go on, or none.
                if (caller == 0)
                    Volatile.Write(ref isOver, round >= rounds && (round >= MostRounds || Stopwatch.GetElapsedTime(start) > s_enough));
                meet();
                if (Volatile.Read(ref isOver))
                    return mine;
                if (round % count == caller)
                    Thread.SpinWait(round / count % 24);
                mine.Add(body(caller, round));
                meet();
            }
        }, limit);
        return [.. Enumerable.Range(0, ofThreads.Min(static t => t.Count)).Select(round => ofThreads.Select(t => t[round]).ToArray())];
    }

    /// <summary>A barrier that is waited for without sleep, so that all go on within a fraction of a microsecond, where each has a processor.</summary>
    private sealed class Meeting(int count, TimeSpan limit)
    {
        private readonly Lock _gate = new();
        private int _expected = count;
        private int _there;
        private int _meetings;

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
        }

        public void Leave()
        {
            lock (_gate)
            {
                _expected--;
                GoOn();
            }
        }

        private void GoOn()
        {
            if (_there < _expected || _there == 0)
                return;
            _there = 0;
            Volatile.Write(ref _meetings, _meetings + 1);
        }
    }
}
