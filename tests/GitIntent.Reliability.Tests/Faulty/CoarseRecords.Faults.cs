namespace GitIntent.Reliability.Tests.Faulty;

/// <content>What only faults need.</content>
internal sealed partial class CoarseRecords
{
    private readonly HashSet<OwnerToken> _renewed = [];
    private readonly List<IdempotencyRecord> _live = [];

    protected override Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
        fault is Fault.OutcomeTellsNobody or Fault.RemainingFromBegin ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider, cancellationToken) : base.WaitForOutcomeHintAsync(key, pollInterval, cancellationToken);

    private List<IdempotencyRecord> Fill(IEnumerable<IdempotencyRecord> listed)
    {
        _live.Clear();
        _live.AddRange(listed.OrderBy(static r => r.StepId, StringComparer.Ordinal).ThenBy(static r => r.Operation, StringComparer.Ordinal));
        return _live;
    }

    private async ValueTask<bool> StillMineAsync(IdempotencyKey key, OwnerToken owner, long fence)
    {
        lock (data.Gate)
        {
            if (Find(key) is not { } there || !Mine(there, owner, fence))
                return false;
        }

        await Task.Yield();
        return true;
    }

    private bool RenewUnsynchronised(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout)
    {
        KeptRecord mine;
        lock (data.Gate)
        {
            if (Find(key) is not { } there || !Mine(there, owner, fence) || there.Record.Status != IdempotencyStatus.Pending)
                return false;
            mine = there;
        }

        Race.Widen();
        lock (data.Gate)
        {
            var ends = data.Now + inProgressTimeout;
            data.Records.RemoveAll(r => Same(r.Key, key));
            Replace(mine, mine.Record with { ExpiresAt = ends > mine.Record.ExpiresAt ? ends : mine.Record.ExpiresAt });
            return true;
        }
    }
}
