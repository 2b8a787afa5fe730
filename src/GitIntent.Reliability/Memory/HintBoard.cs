namespace GitIntent.Reliability;

/// <summary>Tells those who wait for a key that it has changed.</summary>
internal sealed class HintBoard<TKey> where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, List<TaskCompletionSource>> _waiting = [];
    private volatile int _count;

    /// <summary>Completes at the next <see cref="Signal"/> of the key; listens from the moment the call returns.</summary>
    public Task NextAsync(TKey key, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_waiting.TryGetValue(key, out var list))
                _waiting.Add(key, list = []);
            list.Add(source);
            _count++;
        }

        // Outside of the lock: a token that has fired calls back at once.
        cancellationToken.UnsafeRegister(_ => Remove(key, source), null);
        return source.Task;
    }

    public void Signal(TKey key)
    {
        if (_count == 0)
            return;
        List<TaskCompletionSource>? list;
        lock (_gate)
        {
            if (!_waiting.Remove(key, out list))
                return;
            _count -= list.Count;
        }

        foreach (var source in list)
            source.TrySetResult();
    }

    private void Remove(TKey key, TaskCompletionSource source)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out var list) && list.Remove(source))
            {
                _count--;
                if (list.Count == 0)
                    _waiting.Remove(key);
            }
        }

        source.TrySetCanceled();
    }
}
