namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

internal sealed class CasRecords(StateStore store, ReliabilityOptions options) : IdempotencyStore(options)
{
    protected override ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var key = request.Key;
        var (state, there, now) = Look(seen, key);
        if (there is not null && !request.MayReplace(there.Record.InputHash, there.Record.Status, there.Record.Failure?.Retryable ?? false))
        {
            var again = there.Owner == request.Owner && there.Record.Status == IdempotencyStatus.Pending && there.Record.InputHash == key.InputHash;
            return (state, new BeginReply(again, there.Record, there.Record.ExpiresAt - now));
        }

        var mine = new IdempotencyRecord(key.Tenant!, key.RunId, key.StepId, key.Operation, key.InputHash, IdempotencyStatus.Pending, state.Counter + 1, now, null, now + request.InProgressTimeout, null, null);
        return (state with { Counter = mine.Fence, Records = state.Records.SetItem(Of(key), new CasRecord(request.Owner, mine)) }, new BeginReply(true, mine, request.InProgressTimeout));
    });

    protected override ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken) => ToldAsync(store.SwapAsync(seen =>
    {
        var (state, there, now) = Look(seen, key);
        if (there?.Owner != owner || there.Record.Fence != fence)
            return (state, false);
        if (there.Record.Status != IdempotencyStatus.Pending)
            return (state, there.Record.Status == outcome.Status && there.Record.ResultJson == outcome.ResultJson && there.Record.Failure?.ToJson() == outcome.Failure?.ToJson());
        var done = there.Record with { Status = outcome.Status, ResultJson = outcome.ResultJson, Failure = outcome.Failure, CompletedAt = now, ExpiresAt = now + ttl };
        return (state with { Records = state.Records.SetItem(Of(key), there with { Record = done }) }, true);
    }));

    protected override ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, there, now) = Look(seen, key);
        if (there?.Owner != owner || there.Record.Fence != fence || there.Record.Status != IdempotencyStatus.Pending)
            return (state, false);
        var ends = now + inProgressTimeout > there.Record.ExpiresAt ? now + inProgressTimeout : there.Record.ExpiresAt;
        return (state with { Records = state.Records.SetItem(Of(key), there with { Record = there.Record with { ExpiresAt = ends } }) }, true);
    });

    protected override ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken) => ToldAsync(store.SwapAsync(seen =>
    {
        var (state, there, _) = Look(seen, key);
        return there is null || (owner is { } mine && (there.Owner != mine || there.Record.Fence != fence)) ? (state, false) : (state with { Records = state.Records.Remove(Of(key)) }, true);
    }));

    protected override ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, there, _) = Look(seen, key);
        return (state, there?.Record);
    });

    protected override ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken) => store.SwapAsync(seen =>
    {
        var (state, _) = Purge(seen);
        return (state, (IReadOnlyList<IdempotencyRecord>)[.. state.Records.Values.Select(static r => r.Record).Where(r => r.RunId == run.RunId && r.Tenant == run.Tenant)
            .OrderBy(static r => r.StepId, StringComparer.Ordinal).ThenBy(static r => r.Operation, StringComparer.Ordinal)]);
    });

    protected override ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken) => store.SwapAsync(Purge);

    protected override Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) => store.NextChange(pollInterval, cancellationToken);

    private static (string Tenant, string Identity) Of(IdempotencyKey key) => (key.Tenant!, key.Identity);

    private async ValueTask<bool> ToldAsync(ValueTask<bool> changing)
    {
        var done = await changing.ConfigureAwait(false);
        if (done)
            store.Tell();
        return done;
    }

    private (CasState State, int Removed) Purge(CasState seen)
    {
        var now = store.Now;
        var gone = seen.Records.Where(r => r.Value.Record.ExpiresAt <= now).Select(static r => r.Key).ToList();
        return (gone.Count == 0 ? seen : seen with { Records = seen.Records.RemoveRange(gone) }, gone.Count);
    }

    private (CasState State, CasRecord? There, DateTimeOffset Now) Look(CasState seen, IdempotencyKey key)
    {
        var now = store.Now;
        var there = seen.Records.GetValueOrDefault(Of(key));
        return there is not null && there.Record.ExpiresAt <= now ? (seen with { Records = seen.Records.Remove(Of(key)) }, null, now) : (seen, there, now);
    }
}
