namespace GitIntent.Reliability;

internal sealed class Waiter
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Waiter(RunKey key)
    {
        Key = key;
        Node = new(this);
    }

    public RunKey Key { get; }

    public LinkedListNode<Waiter> Node { get; }

    public void GiveTurn() => _turn.TrySetResult();

    public void SignalRelease() => Volatile.Read(ref _release).TrySetResult();

    /// <summary>Completes at the next release by this process, from now on.</summary>
    public Task NextRelease()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _release, next);
        return next.Task;
    }

    /// <returns>False where the time was over before the turn came.</returns>
    public async ValueTask<bool> TurnAsync(TimeSpan? left, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_turn.Task.IsCompleted)
            return true;
        if (left is not { } atMost)
        {
            await _turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }

        try
        {
            await _turn.Task.WaitAsync(Durations.ForTimer(atMost), time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
