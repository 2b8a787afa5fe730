namespace GitIntent.Arv.Scope;

/// <summary>A gate that many pass together, or one alone; first come, first served.</summary>
internal sealed class SharedOrAlone : IDisposable
{
    private const int Places = 1024;

    private readonly SemaphoreSlim _queue = new(1, 1);
    private readonly SemaphoreSlim _places = new(Places, Places);

    public async Task<T> Run<T>(bool alone, Func<Task<T>> work, CancellationToken stop)
    {
        var taken = 0;
        try
        {
            await _queue.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                for (; taken < (alone ? Places : 1); taken++)
                    await _places.WaitAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                _queue.Release();
            }
            return await work().ConfigureAwait(false);
        }
        finally
        {
            if (taken > 0)
                _places.Release(taken);
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _places.Dispose();
    }
}
