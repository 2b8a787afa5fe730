namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Real threads that begin at the same moment.</summary>
internal static class Threads
{
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int count, Func<int, T> body, TimeSpan limit)
    {
        var ready = 0;
        var tasks = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() =>
        {
            Interlocked.Increment(ref ready);
            var spin = new SpinWait();
            while (Volatile.Read(ref ready) < count)
                spin.SpinOnce();
            return body(i);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        return await Task.WhenAll(tasks).WaitAsync(limit, TimeProvider.System);
    }
}
