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
            var mine = new Lazy<Task>(() => make(stop));
            var entry = _tasks.GetOrAdd(key, mine);
            var work = (Task<T>)entry.Value;
            try
            {
                // Who does the work sees it to its end: it takes along what it has started. The others need not wait for that.
                return await (entry == mine ? work : work.WaitAsync(stop)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // The one who did the work was stopped; this one was not, and does it anew.
                _tasks.TryRemove(KeyValuePair.Create(key, entry));
            }
        }
    }
}
