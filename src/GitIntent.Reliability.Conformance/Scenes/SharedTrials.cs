using System.Collections.Concurrent;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>What several promises of a check are judged by, and what is done once for all of them.</summary>
internal sealed class SharedTrials
{
    private readonly ConcurrentDictionary<Type, object> _done = new();

    /// <summary>What it came to the first time, an exception too.</summary>
    public Task<T> OnceAsync<T>(Func<Task<T>> run) => (Task<T>)_done.GetOrAdd(typeof(T), static (_, run) => run(), run);
}
