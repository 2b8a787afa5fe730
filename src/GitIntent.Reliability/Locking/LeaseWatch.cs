using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>The source of a lost-lock token and its timer. Made when the token is first asked for.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The token outlives the handle; a source without a linked token holds nothing.")]
internal sealed class LeaseWatch
{
    private readonly RunLockHandle _handle;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _stopped;

    public LeaseWatch(RunLockHandle handle, TimeProvider time)
    {
        _handle = handle;
        _time = time;
        Token = _source.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Sets the timer to the end of the lease as the handle knows it now.</summary>
    public void Arm()
    {
        var due = Durations.ForTimer(_handle.Remaining);
        lock (_gate)
        {
            if (_stopped)
                return;
            // The token must not keep the caller's run context alive or mix it into what is called back.
            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
                _timer ??= _time.CreateTimer(static self => ((LeaseWatch)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A callback of the caller's would end the process from a timer.")]
    public void Fire()
    {
        Stop();
        try
        {
            _source.Cancel();
        }
        catch (Exception e)
        {
            _handle.Manager.Logger.LogError(e, "A callback of the lost-lock token of run {Run} failed.", _handle.RunId);
        }
    }

    private void OnTimer()
    {
        // Early by less than a timer can count: late is what must not be.
        if (_handle.Remaining < TimeSpan.FromMilliseconds(1))
            _handle.MarkLost();
        else
            Arm();
    }
}
