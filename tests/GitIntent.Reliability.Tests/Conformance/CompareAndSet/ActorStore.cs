using System.Threading.Channels;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>
/// One loop that answers in turn, on whichever thread it runs. It knows whole milliseconds, sweeps twice a second by a timer, and at once by one that is
/// already due, while it holds a lock; who waits polls a little more often than asked to.
/// </summary>
internal sealed class ActorStore : StateStore, IDisposable
{
    private readonly TimeProvider _time;
    private readonly Channel<Action> _turns = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ITimer _sweep;
    private readonly ITimer _soon;
    private CasState _state = CasState.Empty;

    public ActorStore(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => _turns.Writer.TryWrite(Sweep), null, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));
        _soon = time.CreateTimer(_ =>
        {
            _gate.Wait();
            _gate.Release();
            _turns.Writer.TryWrite(Sweep);
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = Task.Run(LoopAsync);
    }

    public override DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    public override async ValueTask<T> SwapAsync<T>(Func<CasState, (CasState Next, T Result)> change)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _turns.Writer.TryWrite(() =>
        {
            try
            {
                (_state, var result) = change(_state);
                answer.SetResult(result);
            }
            catch (InvalidOperationException e)
            {
                answer.SetException(e);
            }
        });
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _soon.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _gate.Release();
        }

        return await answer.Task.ConfigureAwait(false);
    }

    public override Task NextChange(TimeSpan pollInterval, CancellationToken cancellationToken) => Task.Delay(pollInterval * 0.9, _time, cancellationToken);

    public void Dispose()
    {
        _sweep.Dispose();
        _soon.Dispose();
        _turns.Writer.TryComplete();
    }

    private void Sweep()
    {
        var now = Now;
        _state = _state with { Locks = _state.Locks.RemoveRange(_state.Locks.Where(l => l.Value.Lock.ExpiresAt <= now).Select(static l => l.Key)) };
    }

    private async Task LoopAsync()
    {
        await foreach (var turn in _turns.Reader.ReadAllAsync().ConfigureAwait(false))
            turn();
    }
}
