namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>Every call waits for its turn at a semaphore, gives up its thread while it has it, and goes on wherever its caller's context says.</summary>
internal sealed class QueuedStore(TimeProvider time) : StateStore, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private CasState _state = CasState.Empty;

    public override DateTimeOffset Now => time.GetUtcNow();

    public override async ValueTask<T> SwapAsync<T>(Func<CasState, (CasState Next, T Result)> change)
    {
        await Task.Yield();
        await _turn.WaitAsync();
        try
        {
            await Task.Yield();
            (_state, var result) = change(_state);
            await Task.Yield();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
