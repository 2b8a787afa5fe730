namespace GitIntent.Reliability.Tests.Faulty;

internal sealed partial class CoarseRecords(CoarseData data, Fault? fault, bool later, ReliabilityOptions options) : IdempotencyStore(options)
{
    protected override async ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault == Fault.BeginChecksThenSets && Find(request.Key) is null)
        {
            await Race.LaterAsync();
            lock (data.Gate)
                return Start(request);
        }

        if (fault == Fault.BeginUnsynchronised && Find(request.Key) is null)
        {
            Race.Widen();
            lock (data.Gate)
                return Start(request);
        }

        lock (data.Gate)
        {
            var now = data.Now;
            if (Spoilt(request, now) is { } spoilt)
                return spoilt;
            if (Find(request.Key) is not { } there)
                return Start(request);
            var record = there.Record;
            if (fault == Fault.BeginForgetsInput)
                record = record with { InputHash = request.Key.InputHash };
            var mayReplace = fault switch
            {
                Fault.TransientNeverReruns => false,
                Fault.PermanentReruns => record.Status == IdempotencyStatus.Failed && record.InputHash == request.Key.InputHash,
                Fault.CompletedReruns => record.Status != IdempotencyStatus.Pending && record.InputHash == request.Key.InputHash,
                Fault.PolicyIgnored => record.Status == IdempotencyStatus.Failed && record.InputHash == request.Key.InputHash && record.Failure!.Retryable,
                Fault.TransientByCode => request.MayReplace(record.InputHash, record.Status, record.Failure?.Code == "TIMEOUT"),
                Fault.RerunTakesAnyInput => record.Status == IdempotencyStatus.Failed && record.Failure!.Retryable,
                _ => request.MayReplace(record.InputHash, record.Status, record.Failure?.Retryable ?? false),
            };
            if (mayReplace)
            {
                if (fault != Fault.RerunKeepsBegin)
                    data.Records.Remove(there);
                var again = Start(request);
                return fault == Fault.RerunKeepsFailure ? again with { Record = Replace(data.Records[^1], again.Record with { Failure = record.Failure }) } : again;
            }

            if (fault == Fault.BeginThrowsDuplicate && record.Status == IdempotencyStatus.Pending && there.Owner != request.Owner)
                throw new InvalidOperationException("duplicate key");
            if (fault == Fault.BeginOverPending && record.Status == IdempotencyStatus.Pending && there.Owner != request.Owner)
            {
                data.Records.Remove(there);
                return Start(request);
            }

            var same = (there.Owner == request.Owner || fault == Fault.EveryBeginStarts) && record.Status == IdempotencyStatus.Pending && record.InputHash == request.Key.InputHash && fault != Fault.RepeatedBeginRefused;
            if (fault == Fault.BeginKeepsAlive && !same && record.Status == IdempotencyStatus.Pending)
                record = Replace(there, record with { ExpiresAt = now + request.InProgressTimeout });
            return new BeginReply(same, record, fault == Fault.RemainingFromBegin ? record.ExpiresAt - record.CreatedAt : record.ExpiresAt - now);
        }
    }

    private BeginReply Start(BeginRequest request)
    {
        var now = data.Now;
        var key = request.Key;
        var fence = fault switch
        {
            Fault.RecordFenceConstant => 1,
            Fault.RerunKeepsFence => data.Records.Concat(data.Forgotten).LastOrDefault(r => r.Key.Identity == key.Identity)?.Record.Fence ?? ++data.Counter,
            Fault.RecordFenceCountsRecords => data.Records.Count + 1,
            _ => ++data.Counter,
        };
        var before = data.Records.LastOrDefault(r => Same(r.Key, key))?.Record;
        data.Records.RemoveAll(r => Same(r.Key, key));
        var ends = fault == Fault.PendingKeptADay ? now.AddDays(1) : now + request.InProgressTimeout;
        var record = new IdempotencyRecord(key.Tenant!, key.RunId, key.StepId, key.Operation, key.InputHash, IdempotencyStatus.Pending, fence, fault == Fault.TakeoverKeepsBegin || (fault == Fault.RerunKeepsBegin && before?.Status == IdempotencyStatus.Failed) ? before?.CreatedAt ?? now : now, null, ends, null, null);
        data.Records.Add(new KeptRecord(key, request.Owner, record));
        if (fault == Fault.RecordsEvicted && data.Records.Count > 1_000)
            data.Records.RemoveAt(0);
        if (fault == Fault.RerunKeepsFence)
            data.Forgotten.Add(data.Records[^1]);
        return new BeginReply(true, record, request.InProgressTimeout);
    }

    protected override async ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault == Fault.FinishChecksThenWrites && !await StillMineAsync(key, owner, fence))
            return false;
        lock (data.Gate)
        {
            if (fault == Fault.FinishChecksThenWrites && Find(key) is { } any)
                (owner, fence) = (any.Owner, any.Record.Fence);
            if (Find(key, fault == Fault.ExpiredExecutorCompletes) is not { } there || !Mine(there, owner, fence))
                return false;
            if (there.Record.Status != IdempotencyStatus.Pending && fault != Fault.SettledAgain)
                return fault != Fault.SameOutcomeRefused && there.Record.Status == outcome.Status && there.Record.ResultJson == outcome.ResultJson && there.Record.Failure?.ToJson() == outcome.Failure?.ToJson();
            if (fault == Fault.FailureForgotten && outcome.Status == IdempotencyStatus.Failed)
            {
                data.Records.Remove(there);
                return true;
            }

            var failure = outcome.Failure;
            if (failure is not null)
            {
                failure = fault switch
                {
                    Fault.FailureCodeLost => failure with { Code = "INTERNAL_ERROR" },
                    Fault.FailureTypeLost => failure with { Type = "GwiException", Fields = new Dictionary<string, string>() },
                    Fault.FailureAdviceLost => failure with { RetryAfterMs = null, MaxRetries = null },
                    Fault.FailureMessageCut => failure with { Message = failure.Message[..Math.Min(255, failure.Message.Length)] },
                    Fault.FailureMessageLost => failure with { Message = "it failed" },
                    _ => failure,
                };
            }

            Replace(there, there.Record with
            {
                Status = fault == Fault.FailureSavedAsResult ? IdempotencyStatus.Completed : outcome.Status,
                ResultJson = fault switch
                {
                    Fault.ResultLost => null,
                    Fault.ResultCut => outcome.ResultJson?[..Math.Min(65_535, outcome.ResultJson.Length)],
                    Fault.FalsyResultLost when outcome.ResultJson is "false" or "0" or "null" or "\"\"" => null,
                    Fault.FailureSavedAsResult => outcome.ResultJson ?? "null",
                    Fault.ResultReformatted => outcome.ResultJson?.Replace("2.50", "2.5", StringComparison.Ordinal),
                    _ => outcome.ResultJson,
                },
                Failure = failure,
                CompletedAt = fault switch { Fault.CompletionTimeLost => null, Fault.CompletedAtBegin => there.Record.CreatedAt, _ => data.Now },
                ExpiresAt = fault switch
                {
                    Fault.ResultTtlFromBegin => there.Record.CreatedAt + ttl,
                    Fault.ResultExpiresLikePending => there.Record.ExpiresAt,
                    Fault.ResultTtlIgnored => data.Now.AddHours(24),
                    _ => data.Now + ttl,
                },
            });
            if (fault != Fault.FailureTellsNobody || outcome.Status != IdempotencyStatus.Failed)
                data.Tell();
            return fault != Fault.CompleteReturnsFalse;
        }
    }

    protected override async ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken)
    {
        await LaterAsync();
        if (fault == Fault.RenewUnsynchronised)
            return RenewUnsynchronised(key, owner, fence, inProgressTimeout);
        lock (data.Gate)
        {
            if (fault == Fault.RenewOnlyOnce && !_renewed.Add(owner))
                return false;
            if (Find(key, fault == Fault.RenewRevives) is not { } there || (!Mine(there, owner, fence) && fault != Fault.RenewByAnyone) || (there.Record.Status != IdempotencyStatus.Pending && fault != Fault.RenewSettled))
                return false;
            var ends = data.Now + inProgressTimeout;
            if (fault != Fault.RenewNotStored && (ends > there.Record.ExpiresAt || fault == Fault.RenewShortens))
                Replace(there, there.Record with { ExpiresAt = ends, Fence = fault == Fault.RenewNewFence ? ++data.Counter : there.Record.Fence });
            return true;
        }
    }

    protected override async ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            if (Find(key, fault == Fault.DeleteExpiredTrue) is not { } there || (owner is { } mine && !Mine(there, mine, fence) && fault != Fault.DeleteByAnyone))
                return false;
            if (fault == Fault.DeleteAllTenants)
                data.Records.RemoveAll(r => r.Key.Identity == key.Identity);
            if (fault == Fault.DeleteOnlyExpires)
                Replace(there, there.Record with { ExpiresAt = data.Now.AddMilliseconds(1) });
            else if (fault != Fault.DeleteKeeps)
                data.Records.Remove(there);
            return true;
        }
    }

    protected override async ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
            return Find(key, fault == Fault.RecordShownExpired)?.Record is { } there && (fault != Fault.GetHidesFailed || there.Status != IdempotencyStatus.Failed) ? there : null;
    }

    protected override async ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            var listed = data.Records.Select(static r => r.Record).Where(r =>
                (fault == Fault.RecordsListedByPrefix ? r.RunId.StartsWith(run.RunId, StringComparison.Ordinal) : r.RunId == run.RunId)
                && (r.Tenant == run.Tenant || fault == Fault.RecordsListedOfAllTenants)
                && (data.Now < r.ExpiresAt || fault == Fault.RecordsListedExpired)
                && (r.Status != IdempotencyStatus.Failed || fault != Fault.FailedNotListed));
            listed = fault switch
            {
                Fault.RecordsListForgetsHash => listed.Select(static r => r with { InputHash = "" }),
                Fault.RecordsListForgetsResult => listed.Select(static r => r with { ResultJson = null }),
                _ => listed,
            };
            if (fault == Fault.RecordsListIsLive)
                return Fill(listed);
            return fault == Fault.RecordsUnordered ? [.. listed] : [.. listed.OrderBy(static r => r.StepId, StringComparer.Ordinal).ThenBy(static r => r.Operation, StringComparer.Ordinal)];
        }
    }

    protected override async ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken)
    {
        await LaterAsync();
        lock (data.Gate)
        {
            return fault switch
            {
                Fault.CleanupRemovesPending => data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt || r.Record.Status == IdempotencyStatus.Pending),
                Fault.CleanupOwnTenantOnly => data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt && r.Record.Tenant == Tenant),
                Fault.CleanupCountsLeft => data.Records.Count + (0 * data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt)),
                Fault.CleanupLeavesFailed => data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt && r.Record.Status != IdempotencyStatus.Failed),
                Fault.CleanupRemovesOldResults => data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt || data.Now - r.Record.CompletedAt > TimeSpan.FromHours(1)),
                Fault.CleanupResetsCounter => Reset(data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt)),
                Fault.CleanupDoesNothing => data.Records.Count(r => data.Now >= r.Record.ExpiresAt),
                _ => data.Records.RemoveAll(r => data.Now >= r.Record.ExpiresAt),
            };
        }
    }

    private bool Mine(KeptRecord there, OwnerToken owner, long fence) => fault switch
    {
        Fault.FenceNotChecked => there.Owner == owner,
        Fault.OwnerNotChecked => there.Record.Fence == fence,
        Fault.NobodyChecked => true,
        _ => there.Owner == owner && there.Record.Fence == fence,
    };

    private async ValueTask LaterAsync()
    {
        if (later)
            await Task.Yield();
    }

    private KeptRecord? Find(IdempotencyKey key, bool expired = false) => data.Records.ToArray().LastOrDefault(r => r is not null && Same(r.Key, key) && (expired || Live(r.Record)));

    private bool Live(IdempotencyRecord record) => fault switch
    {
        Fault.RecordHeldAtExpiry => data.Now <= record.ExpiresAt,
        Fault.PendingNeverExpires => record.Status == IdempotencyStatus.Pending || data.Now < record.ExpiresAt,
        Fault.ResultNeverExpires => record.Status == IdempotencyStatus.Completed || data.Now < record.ExpiresAt,
        _ => data.Now < record.ExpiresAt,
    };

    private bool Same(IdempotencyKey a, IdempotencyKey b) => fault switch
    {
        Fault.RecordTenantIgnoresCase => a.Identity == b.Identity && string.Equals(a.Tenant, b.Tenant, StringComparison.OrdinalIgnoreCase),
        Fault.KeyIgnoresTenant => a.Identity == b.Identity,
        Fault.KeyJoinedByColon => a.Tenant == b.Tenant && $"{a.RunId}:{a.StepId}:{a.Operation}" == $"{b.RunId}:{b.StepId}:{b.Operation}",
        Fault.KeyJoinedByNothing => a.Tenant == b.Tenant && a.RunId + a.StepId + a.Operation == b.RunId + b.StepId + b.Operation,
        Fault.KeyJoinedBySlash => a.Tenant == b.Tenant && $"{a.RunId}/{a.StepId}/{a.Operation}" == $"{b.RunId}/{b.StepId}/{b.Operation}",
        Fault.KeyIgnoresCase => a.Tenant == b.Tenant && string.Equals(a.Identity, b.Identity, StringComparison.OrdinalIgnoreCase),
        Fault.KeyForgetsStep => a.Tenant == b.Tenant && a.RunId == b.RunId && a.Operation == b.Operation,
        Fault.KeyHasInput => a.Tenant == b.Tenant && a.Value == b.Value,
        Fault.KeyCut => a.Tenant == b.Tenant && a.Identity[..Math.Min(255, a.Identity.Length)] == b.Identity[..Math.Min(255, b.Identity.Length)],
        _ => a.Tenant == b.Tenant && a.Identity == b.Identity,
    };

    private IdempotencyRecord Replace(KeptRecord there, IdempotencyRecord next)
    {
        data.Records.Remove(there);
        data.Records.Add(there with { Record = next });
        return next;
    }
}
