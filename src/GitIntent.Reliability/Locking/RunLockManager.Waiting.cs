using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

public abstract partial class RunLockManager
{
    private async ValueTask<LockAttempt> AcquireSlowlyAsync(ValueTask<LockReply> pending, LockRequest request, RunLockOptions options, long sent)
    {
        LockReply reply;
        try
        {
            reply = await pending.ConfigureAwait(false);
        }
        catch
        {
            _ = AbandonAsync(request);
            throw;
        }

        return reply.Fence > 0 ? new LockAttempt(Hold(request, options, reply, sent)) : Refused(request.Key, reply.Existing, TimeSpan.Zero);
    }

    /// <summary>First come, first served within the process: only the head of the queue asks the store, when it is told of a release or the lease in the way ends.</summary>
    /// <param name="first">An attempt that is under way already; the place in the queue is taken while it is.</param>
    private async ValueTask<LockAttempt> WaitAsync(
        LockRequest request, RunLockOptions options, ValueTask<LockReply>? first, RunLock? seen, long started, CancellationToken cancellationToken)
    {
        var waiter = _queues.Join(request.Key);
        try
        {
            if (seen is not null)
                _queues.Saw(request.Key, seen);
            if (first is { } underway)
            {
                if (await AskAsync(underway, request, Left(), cancellationToken).ConfigureAwait(false) is not { } reply)
                    return Late();
                if (reply.Fence > 0)
                    return new LockAttempt(Hold(request, options, reply, started));
                _queues.Saw(request.Key, seen = reply.Existing);
            }

            if (!await waiter.TurnAsync(Left(), TimeProvider, cancellationToken).ConfigureAwait(false))
                return Late();
            while (true)
            {
                using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                // Listen first, ask then: a release between the two is not missed.
                var released = waiter.NextRelease();
                var hint = WaitForReleaseHintAsync(request.Key, options.RetryInterval, round.Token);
                try
                {
                    var sent = TimeProvider.GetTimestamp();
                    if (await AskAsync(AcquireCoreAsync(request, cancellationToken), request, Left(), cancellationToken).ConfigureAwait(false) is not { } reply)
                        return Late();
                    if (reply.Fence > 0)
                        return new LockAttempt(Hold(request, options, reply, sent));
                    _queues.Saw(request.Key, seen = reply.Existing);
                    var ends = Task.Delay(Whole(reply.Remaining), TimeProvider, round.Token);
                    var deadline = Left() is { } left ? Task.Delay(Whole(left), TimeProvider, round.Token) : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider, round.Token);
                    await Task.WhenAny(released, hint, ends, deadline).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                    // Where the lock became free at the very deadline, it may still be had, if the store answers at once.
                    if (Left() is { } rest && rest <= TimeSpan.Zero && !released.IsCompleted && !ends.IsCompleted && !hint.IsCompletedSuccessfully)
                        return Late();
                }
                finally
                {
                    round.Cancel(); // not CancelAsync: a turn of the thread pool before the lock is handed over costs every waiter behind
                    Observe(hint);
                }
            }
        }
        finally
        {
            _queues.Leave(waiter);
            if (ReliabilityTelemetry.LockWait.Enabled)
                ReliabilityTelemetry.LockWait.Record(TimeProvider.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("tenant_id", request.Key.Tenant));
        }

        TimeSpan? Left() => options.WaitTimeout == Timeout.InfiniteTimeSpan ? null : options.WaitTimeout - TimeProvider.GetElapsedTime(started);
        LockAttempt Late() => Refused(request.Key, seen ?? _queues.Seen(request.Key), TimeProvider.GetElapsedTime(started));
    }

    /// <summary>One attempt that does not outlast the wait: what the store answers too late is released again.</summary>
    private async ValueTask<LockReply?> AskAsync(ValueTask<LockReply> pending, LockRequest request, TimeSpan? left, CancellationToken cancellationToken)
    {
        if (pending.IsCompletedSuccessfully)
            return pending.Result;
        var task = pending.AsTask();
        try
        {
            return left is { } time
                ? await task.WaitAsync(Whole(time), TimeProvider, cancellationToken).ConfigureAwait(false)
                : await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Observe(task);
            _ = task.ContinueWith(_ => AbandonAsync(request), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            // WaitAsync's own time-out; the store's failures pass.
            if (e is TimeoutException && !task.IsFaulted)
                return null;
            throw;
        }
    }

    /// <summary>A request whose answer is not known may have been granted.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Best effort: the lease ends by itself.")]
    private async Task AbandonAsync(LockRequest request)
    {
        try
        {
            await ReleaseAsync(request.Key, request.Owner).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Logger.LogDebug(e, "The lock of run {Run} could not be released after an attempt whose outcome is unknown.", request.Key.RunId);
        }
    }

    internal static void Observe(Task task) => _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Timers of the platform count whole milliseconds and cut the rest off; a timer that fires early would ask in vain.</summary>
    internal static TimeSpan Whole(TimeSpan time) =>
        Durations.ForTimer(new TimeSpan((time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond));
}
