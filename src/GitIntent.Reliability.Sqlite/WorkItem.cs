namespace GitIntent.Reliability.Sqlite;

/// <summary>One thing to do inside of the writer's transaction, and who waits for it. It may be done again after a rollback, and is acknowledged after the commit.</summary>
internal abstract class WorkItem
{
    public abstract bool Writes { get; }

    /// <summary>Whether its caller may stop waiting for it.</summary>
    public abstract bool MayBeCancelled { get; }

    public abstract bool IsCancelled { get; }

    public abstract void Do(Session session);

    public abstract void Acknowledge();

    public abstract void Fail(Exception e);
}

internal sealed class WorkItem<T>(Func<Session, T> work, bool writes, CancellationToken cancellationToken) : WorkItem
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _source.Task;

    public override bool Writes => writes;

    public override bool MayBeCancelled => cancellationToken.CanBeCanceled;

    public override bool IsCancelled
    {
        get
        {
            if (!cancellationToken.IsCancellationRequested)
                return false;
            _source.TrySetCanceled(cancellationToken);
            return true;
        }
    }

    public override void Do(Session session) => _result = work(session);

    public override void Acknowledge() => _source.TrySetResult(_result!);

    public override void Fail(Exception e) => _source.TrySetException(e);
}
