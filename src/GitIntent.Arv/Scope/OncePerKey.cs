using System.Collections.Concurrent;

namespace GitIntent.Arv.Scope;

/// <summary>Does what several ask for once, and gives all of them the same result.</summary>
internal sealed class OncePerKey
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _tasks = new(StringComparer.Ordinal);

    public bool Has(string key) => _tasks.ContainsKey(key);

    public async Task<T> Get<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken stop)
        where T : class
    {
        while (true)
        {
            var entry = _tasks.GetOrAdd(key, _ => new Lazy<Task>(() => make(stop)));
            try
            {
                return await ((Task<T>)entry.Value).WaitAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // The one who did the work was stopped; this one was not, and does it anew.
                _tasks.TryRemove(KeyValuePair.Create(key, entry));
            }
        }
    }
}
