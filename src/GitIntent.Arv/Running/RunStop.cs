namespace GitIntent.Arv.Running;

/// <summary>Why, and that, a run is to end before it is done: the first reason counts.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private string? _reason;
    private bool _skips;

    public CancellationToken Token => _source.Token;

    public string? Reason => _reason;

    /// <param name="skips">Whether what has not ended is skipped (nobody asks for it any more) and not refused (it could not judge).</param>
    public void Request(string reason, bool skips = false)
    {
        lock (_source)
        {
            if (_reason is not null)
                return;
            _reason = reason;
            _skips = skips;
        }
        _source.Cancel();
    }

    /// <summary>What a check comes to that has not ended.</summary>
    public CheckResult Result(CheckInstance instance) => instance.NotAsked is { } reason ? CheckResult.Skipped(instance, reason)
        : _skips ? CheckResult.Skipped(instance, _reason!) : CheckResult.Refused(instance, _reason!);

    public void Dispose() => _source.Dispose();
}
