using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

/// <summary>The source of a lost-lease token and its timer. Made when the token is first asked for.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The token outlives the handle; a source without a linked token holds nothing.")]
internal sealed class LeaseWatch
{
    private readonly Func<TimeSpan> _remaining;
    private readonly Action _lost;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _stopped;

    public LeaseWatch(Func<TimeSpan> remaining, Action lost, TimeProvider time, ILogger logger)
    {
        _remaining = remaining;
        _lost = lost;
        _time = time;
        _logger = logger;
        Token = _source.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Sets the timer to the end of the lease as it is known now.</summary>
    public void Arm()
    {
        var due = Durations.ForTimer(_remaining());
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
            _logger.LogError(e, "A callback of a lost-lease token failed.");
        }
    }

    private void OnTimer()
    {
        // Early by less than a timer can count: late is what must not be.
        if (_remaining() < TimeSpan.FromMilliseconds(1))
            _lost();
        else
            Arm();
    }
}
