namespace GitIntent.Reliability;

/// <summary>A running measurement.</summary>
public sealed class MetricTimer : IDisposable
{
    private readonly MetricsRegistry _registry;
    private readonly string _name;
    private readonly KeyValuePair<string, object?>[] _labels;
    private readonly TimeProvider _time;
    private readonly long _started;
    private int _stopped;

    internal MetricTimer(MetricsRegistry registry, string name, KeyValuePair<string, object?>[] labels, TimeProvider time)
    {
        _registry = registry;
        _name = name;
        _labels = labels;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>Records the time since the start. A second stop records nothing.</summary>
    /// <returns>The time, or null on a second stop.</returns>
    public TimeSpan? Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
            return null;
        var took = _time.GetElapsedTime(_started);
        _registry.Timer(_name, took, _labels);
        return took;
    }

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();
}
