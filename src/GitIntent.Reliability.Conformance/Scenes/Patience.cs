namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>
/// Real time as this process lives it. It is waited in a hundred slices: a machine that gives the process no turn for half a minute takes one of them
/// from whoever is waited for, and not all.
/// </summary>
internal static class Patience
{
    private const int Slices = 100;

    /// <exception cref="TimeoutException">It has not ended within <paramref name="limit"/>.</exception>
    public static async Task<T> WithinAsync<T>(Task<T> task, TimeSpan limit, CancellationToken stop = default)
    {
        await WithinAsync((Task)task, limit, stop);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(Task task, TimeSpan limit, CancellationToken stop = default)
    {
        if (!await EndsAsync(task, limit, stop))
            throw new TimeoutException();
        await task;
    }

    /// <summary>Whether it ends within <paramref name="limit"/>, however.</summary>
    public static async Task<bool> EndsAsync(Task task, TimeSpan limit, CancellationToken stop)
    {
        var slice = limit == Timeout.InfiniteTimeSpan ? limit : limit / Slices;
        for (var i = 0; i < Slices && !task.IsCompleted; i++)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(task, Task.Delay(slice, TimeProvider.System, over.Token));
            await over.CancelAsync();
            if (!task.IsCompleted)
                stop.ThrowIfCancellationRequested();
        }

        return task.IsCompleted;
    }
}
