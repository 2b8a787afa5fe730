using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Real threads that do something at the same moment.</summary>
internal static class Threads
{
    /// <param name="count">How many.</param>
    /// <param name="body">Gets the number of its thread, and what waits until all threads are there; a thread that has ended is not waited for.</param>
    /// <param name="limit">How long all of it may take.</param>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int count, Func<int, Action, T> body, TimeSpan limit)
    {
        // Not disposed of: a thread that hangs may still come to it.
        var barrier = new Barrier(count);
        var tasks = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() =>
        {
            try
            {
                barrier.SignalAndWait(limit);
                return body(i, () => barrier.SignalAndWait(limit));
            }
            finally
            {
                barrier.RemoveParticipant();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        return await Patience.WithinAsync(Task.WhenAll(tasks), limit);
    }
}
