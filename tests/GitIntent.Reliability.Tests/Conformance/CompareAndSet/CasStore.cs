namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>Where the state of a namespace is kept, and how it is changed in one step.</summary>
internal abstract class StateStore
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public abstract DateTimeOffset Now { get; }

    public abstract ValueTask<T> SwapAsync<T>(Func<CasState, (CasState Next, T Result)> change);

    /// <summary>Completes at the next <see cref="Tell"/>, of whichever key.</summary>
    public virtual Task NextChange(TimeSpan pollInterval, CancellationToken cancellationToken) => Volatile.Read(ref _changed).Task.WaitAsync(cancellationToken);

    public void Tell() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

/// <summary>
/// No lock anywhere. Whoever sees that something has expired removes it, or its answer would be undone by a holder that looked at the clock earlier and
/// writes later.
/// </summary>
internal sealed class CasStore(TimeProvider time) : StateStore
{
    private CasState _state = CasState.Empty;

    public override DateTimeOffset Now => time.GetUtcNow();

    public override ValueTask<T> SwapAsync<T>(Func<CasState, (CasState Next, T Result)> change)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _state);
            var (next, result) = change(seen);
            if (ReferenceEquals(next, seen) || ReferenceEquals(Interlocked.CompareExchange(ref _state, next, seen), seen))
                return new(result);
        }
    }
}
