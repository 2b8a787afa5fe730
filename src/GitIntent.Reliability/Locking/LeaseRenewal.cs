using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>Runs a renewal every third of a lease, sooner after a failure, until it is told to stop.</summary>
internal sealed class LeaseRenewal : IDisposable
{
    private readonly Func<CancellationToken, ValueTask<bool>> _renew;
    private readonly TimeSpan _ttl;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;

    /// <param name="renew">Returns false when there is nothing to renew any more.</param>
    /// <param name="left">How long the lease lasts now: less than <paramref name="ttl"/> where it was acquired before.</param>
    /// <param name="ttl">How long it lasts once it is renewed.</param>
    public LeaseRenewal(Func<CancellationToken, ValueTask<bool>> renew, TimeSpan left, TimeSpan ttl, TimeProvider time, ILogger logger)
    {
        _renew = renew;
        _ttl = ttl;
        _logger = logger;
        // What renews belongs to nobody's run context.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static self => _ = ((LeaseRenewal)self!).RunAsync(), this, Durations.ForTimer(left / 3), Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            _stop.Cancel();
            _timer.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The next try may succeed; if none does, the lease ends and its holder is told.")]
    private async Task RunAsync()
    {
        var next = _ttl / 3;
        try
        {
            if (!await _renew(_stop.Token).ConfigureAwait(false))
                return;
        }
        catch (Exception e)
        {
            if (_stop.IsCancellationRequested)
                return;
            _logger.LogWarning(e, "A lease could not be renewed; it is tried again.");
            next = _ttl / 10;
        }

        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
                _timer.Change(Durations.ForTimer(next), Timeout.InfiniteTimeSpan);
        }
    }
}
