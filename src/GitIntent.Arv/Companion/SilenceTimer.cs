namespace GitIntent.Arv.Companion;

/// <summary>Acts when a file has not grown for some time.</summary>
internal sealed class SilenceTimer : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;
    private readonly Action _act;
    private readonly ITimer _timer;
    private long _length = -1;
    private long _grown;

    public SilenceTimer(string path, TimeSpan longest, TimeProvider time, Action act)
    {
        (_path, _longest, _time, _act) = (path, longest, time, act);
        _grown = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var file = new FileInfo(_path);
        var length = file.Exists ? file.Length : -1;
        if (length != _length)
            (_length, _grown) = (length, _time.GetTimestamp());
        else if (_time.GetElapsedTime(_grown) >= _longest)
            _act();
    }
}
