using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Reliability;

/// <summary>The right to run an operation and to record its outcome.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The renewal ends with the outcome.")]
public sealed class IdempotencyExecution
{
    private readonly IdempotencyStore _store;
    private readonly IdempotencyOptions _options;
    private readonly long _begun;
    private long _validUntil;
    private int _state; // 0 running, 1 ended, 2 lost
    private LeaseWatch? _watch;
    private LeaseRenewal? _renewal;

    internal IdempotencyExecution(IdempotencyStore store, IdempotencyKey key, OwnerToken owner, IdempotencyRecord record, IdempotencyOptions options, long sent)
    {
        _store = store;
        _options = options;
        _begun = sent;
        Key = key;
        OwnerToken = owner;
        Fence = record.Fence;
        _validUntil = Until(sent);
    }

    /// <summary>The operation.</summary>
    public IdempotencyKey Key { get; }

    /// <summary>The secret that records the outcome from anywhere.</summary>
    public OwnerToken OwnerToken { get; }

    /// <summary>The fencing token: greater than that of every earlier executor in the store.</summary>
    public long Fence { get; }

    /// <summary>Fires when another executor may have taken over: when the store says so, and at the latest at the end of the time in progress.</summary>
    public CancellationToken LostToken
    {
        get
        {
            if (Volatile.Read(ref _watch) is { } there)
                return there.Token;
            var watch = new LeaseWatch(() => Remaining, MarkLost, _store.TimeProvider, _store.Logger);
            if (Interlocked.CompareExchange(ref _watch, watch, null) is { } other)
                return other.Token;
            if (Volatile.Read(ref _state) == 2)
                watch.Fire();
            else if (Volatile.Read(ref _state) == 0)
                watch.Arm();
            return watch.Token;
        }
    }

    private TimeSpan Remaining => _store.TimeProvider.GetElapsedTime(_store.TimeProvider.GetTimestamp(), Volatile.Read(ref _validUntil));

    /// <summary>Records the result, as JSON.</summary>
    /// <returns>Whether it is recorded; false where another executor has taken over.</returns>
    /// <exception cref="GwiValidationException">It is not JSON.</exception>
    public ValueTask<bool> CompleteAsync(string resultJson, CancellationToken cancellationToken = default)
    {
        End();
        return _store.CompleteAsync(Key, OwnerToken, Fence, resultJson, _options.ResultTtl, cancellationToken);
    }

    /// <summary>Records the failure.</summary>
    /// <returns>Whether it is recorded; false where another executor has taken over.</returns>
    public ValueTask<bool> FailAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        End();
        return _store.FailAsync(Key, OwnerToken, Fence, FailureInfo.From(exception, _store.Taxonomy), _options.ResultTtl, cancellationToken);
    }

    /// <summary>Forgets that the operation was begun: it was cancelled before it did anything.</summary>
    /// <returns>Whether it is forgotten; false where another executor has taken over.</returns>
    public ValueTask<bool> AbandonAsync(CancellationToken cancellationToken = default)
    {
        End();
        return _store.DeleteAsync(Key, OwnerToken, Fence, cancellationToken);
    }

    /// <summary>Asks for another <see cref="IdempotencyOptions.InProgressTimeout"/>.</summary>
    /// <returns>Whether this still is the executor. False is final: <see cref="LostToken"/> fires.</returns>
    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _state) != 0)
            return false;
        var sent = _store.TimeProvider.GetTimestamp();
        if (!await _store.RenewAsync(Key, OwnerToken, Fence, _options.InProgressTimeout, cancellationToken).ConfigureAwait(false))
        {
            MarkLost();
            return false;
        }

        Volatile.Write(ref _validUntil, Until(sent));
        Volatile.Read(ref _watch)?.Arm();
        return true;
    }

    internal void RenewUntil(TimeSpan cap) => _renewal = new LeaseRenewal(
        token => _store.TimeProvider.GetElapsedTime(_begun) < cap ? RenewAsync(token) : new(false),
        _options.InProgressTimeout, _options.InProgressTimeout, _store.TimeProvider, _store.Logger);

    internal void End()
    {
        Interlocked.CompareExchange(ref _state, 1, 0);
        Volatile.Read(ref _renewal)?.Dispose();
        Volatile.Read(ref _watch)?.Stop();
    }

    private void MarkLost()
    {
        if (Interlocked.CompareExchange(ref _state, 2, 0) == 0)
            Volatile.Read(ref _watch)?.Fire();
    }

    private long Until(long sent) => sent + (long)(_options.InProgressTimeout.TotalSeconds * _store.TimeProvider.TimestampFrequency);
}
