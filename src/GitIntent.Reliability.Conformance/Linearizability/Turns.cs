namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>
/// One caller whose continuations come one by one, when they are told to: what it awaits goes on nowhere else, unless it asks for that
/// (<c>ConfigureAwait(false)</c>).
/// </summary>
internal sealed class Turns : SynchronizationContext
{
    private static readonly TimeSpan s_keptOut = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = [];
    private bool _free;

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (!_free)
            {
                _queue.Enqueue((d, state));
                Monitor.Pulse(_gate);
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => Run(d, state), null);
    }

    /// <summary>Makes a call up to the first place at which it waits.</summary>
    public Task<T> Begin<T>(Func<Task<T>> call)
    {
        Task<T>? task = null;
        Run(_ => task = call(), null);
        return task!;
    }

    /// <summary>Goes on up to the next place at which it waits.</summary>
    /// <returns>False where there is nothing to go on with.</returns>
    public bool Step()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_gate)
        {
            if (!_queue.TryDequeue(out next))
                return false;
        }

        Run(next.Callback, next.State);
        return true;
    }

    /// <summary>Goes on at so many places.</summary>
    /// <returns>Whether there were so many.</returns>
    public bool Step(int places)
    {
        while (places > 0 && Step())
            places--;
        return places == 0;
    }

    /// <summary>Makes another call while this one is held back, and lets it go on then; at once where it keeps the other out.</summary>
    public async Task<T> MeanwhileAsync<T>(Func<Task<T>> other)
    {
        var call = other();
        await Task.WhenAny(call, Task.Delay(s_keptOut, TimeProvider.System));
        SetFree();
        return await call;
    }

    /// <summary>Goes on by itself from now on, as on the thread pool.</summary>
    public void SetFree()
    {
        lock (_gate)
        {
            _free = true;
            while (_queue.TryDequeue(out var next))
                ThreadPool.UnsafeQueueUserWorkItem(n => Run(n.Callback, n.State), next, preferLocal: false);
        }
    }

    /// <summary>Makes a call on this thread, and all that comes of it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="between">Comes before whatever goes on after an await.</param>
    /// <param name="limit">How long nothing may happen.</param>
    public T Complete<T>(Func<Task<T>> call, Action between, TimeSpan limit)
    {
        var task = Begin(call);
        _ = task.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (HasNext(task, limit))
        {
            between();
            Step();
        }

        SetFree();
        return task.WaitAsync(limit, TimeProvider.System).GetAwaiter().GetResult();
    }

    /// <summary>Waits until there is something to go on with.</summary>
    private bool HasNext(Task task, TimeSpan limit)
    {
        lock (_gate)
        {
            var comes = true;
            while (_queue.Count == 0 && !task.IsCompleted && comes)
                comes = Monitor.Wait(_gate, limit);
            return _queue.Count > 0 && !task.IsCompleted;
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.Pulse(_gate);
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
