namespace GitIntent.Reliability.Tests.Faulty;

/// <content>What only faults need.</content>
internal sealed partial class CoarseRecords
{
    private readonly HashSet<OwnerToken> _renewed = [];
    private readonly List<IdempotencyRecord> _live = [];

    protected override Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
        fault switch
        {
            Fault.OutcomeTellsNobody or Fault.RemainingFromBegin => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider, cancellationToken),
            Fault.DeleteTellsNobody => data.NextAsync(cancellationToken),
            Fault.OutcomeHintListensLate => ListenLateAsync(cancellationToken),
            Fault.FailureTellsNobody => data.NextAsync(cancellationToken),
            _ => base.WaitForOutcomeHintAsync(key, pollInterval, cancellationToken),
        };

    private async Task ListenLateAsync(CancellationToken cancellationToken)
    {
        await Race.LaterAsync();
        await data.NextAsync(cancellationToken);
    }

    /// <summary>What a fault makes of a begin before it is looked at.</summary>
    private BeginReply? Spoilt(BeginRequest request, DateTimeOffset now)
    {
        var there = data.Records.LastOrDefault(r => Same(r.Key, request.Key));
        var (live, pending) = (there is not null && Live(there.Record), there?.Record.Status == IdempotencyStatus.Pending);
        switch (fault)
        {
            case Fault.InputComparedBeforeExpiry when !live && there is not null && there.Record.InputHash != request.Key.InputHash:
                return new BeginReply(false, there.Record, TimeSpan.Zero);
            case Fault.InputComparedWhenSettled when live && pending && there!.Owner != request.Owner:
                return new BeginReply(false, there.Record with { InputHash = request.Key.InputHash }, there.Record.ExpiresAt - now);
            case Fault.RepeatedBeginTakesAnyInput when live && pending && there!.Owner == request.Owner:
                return new BeginReply(true, there.Record with { InputHash = request.Key.InputHash }, there.Record.ExpiresAt - now);
            case Fault.RepeatedBeginExtends when live && pending && there!.Owner == request.Owner:
                return new BeginReply(true, Replace(there, there.Record with { ExpiresAt = now + request.InProgressTimeout }), request.InProgressTimeout);
            case Fault.OutcomeReadOnce when live && there!.Record.Status == IdempotencyStatus.Completed:
                data.Records.Remove(there);
                return new BeginReply(false, there.Record, there.Record.ExpiresAt - now);
            case Fault.TokenRevivesRecord when !live && pending && there!.Owner == request.Owner:
                return new BeginReply(true, Replace(there, there.Record with { ExpiresAt = now + request.InProgressTimeout }), request.InProgressTimeout);
            case Fault.CompletedBegunAgain when live && there!.Record.Status == IdempotencyStatus.Completed && there.Owner == request.Owner:
                return new BeginReply(true, there.Record, there.Record.ExpiresAt - now);
            case Fault.RecordByTokenAlone when data.Records.LastOrDefault(r => r.Owner == request.Owner && Live(r.Record)) is { } mine:
                return new BeginReply(true, mine.Record, mine.Record.ExpiresAt - now);
            default:
                return null;
        }
    }

    private int Reset(int removed)
    {
        data.Counter = data.Records.Count == 0 ? 0 : data.Counter;
        return removed;
    }

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

        await Race.LaterAsync();
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
