namespace GitIntent.Reliability.Conformance.Linearizability;

internal enum RecordVerb
{
    Begin,
    Finish,
    Renew,
    Delete,
    Force,
    Get,
}

/// <summary>A call of an idempotency store and its result; see <see cref="LockOperation"/>.</summary>
/// <param name="Outcome">What was to be recorded, or what was seen.</param>
internal sealed record RecordOperation(
    RecordVerb Verb, OwnerToken Owner, long Fence, TimeSpan Ttl, string? Outcome, bool Yes, IdempotencyRecord? Record, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Peak, RecordedCall Call) : ITimedOperation
{
    public long Invoked => Call.Invoked;

    public long Returned => Call.Returned;

    public static string? OutcomeOf(IdempotencyRecord? record) => record?.Status switch
    {
        IdempotencyStatus.Completed => record.ResultJson,
        IdempotencyStatus.Failed => record.Failure!.Code,
        _ => null,
    };
}

/// <summary>A record: none (fence 0), pending (no outcome), or settled; it counts until a time that, after a write, is known only to lie between two.</summary>
internal readonly record struct RecordState(OwnerToken Owner, long Fence, string? Outcome, DateTimeOffset EndsFrom, DateTimeOffset EndsTo, long HighestFence);

/// <summary>What the record of one operation does, call after call.</summary>
/// <param name="transient">The outcomes that a begin may replace.</param>
internal sealed class RecordModel(params string[] transient) : ISequentialModel<RecordState, RecordOperation>
{
    public RecordState Initial => default;

    public bool TryApply(RecordState before, RecordOperation o, out RecordState after)
    {
        after = before;
        var mayCount = before.Fence > 0 && o.From < before.EndsTo;
        var mayBeGone = before.Fence == 0 || o.Peak >= before.EndsFrom;
        var mine = before.Owner == o.Owner && before.Fence == o.Fence;
        switch (o.Verb)
        {
            case RecordVerb.Begin when o.Yes && mayCount && before.Owner == o.Owner && before.Outcome is null && o.Record!.Fence == before.Fence:
                return Narrow(before, o.Record, out after);
            case RecordVerb.Begin when o.Yes:
                after = new RecordState(o.Owner, o.Record!.Fence, null, o.Record.ExpiresAt, o.Record.ExpiresAt, o.Record.Fence);
                return (mayBeGone || (before.Outcome is { } failed && transient.Contains(failed))) && o.Record.Fence > before.HighestFence
                    && o.From + o.Ttl <= o.Record.ExpiresAt && o.Record.ExpiresAt <= o.To + o.Ttl;
            case RecordVerb.Begin:
                return mayCount && !(before.Outcome is { } there && transient.Contains(there)) && Seen(before, o.Record!) && Narrow(before, o.Record!, out after);
            case RecordVerb.Finish when o.Yes:
                after = before.Outcome is null ? before with { Outcome = o.Outcome, EndsFrom = o.From + o.Ttl, EndsTo = o.To + o.Ttl } : before;
                return mayCount && mine && (before.Outcome is null || before.Outcome == o.Outcome);
            case RecordVerb.Renew when o.Yes:
                after = before with { EndsFrom = Later(before.EndsFrom, o.From + o.Ttl), EndsTo = Later(before.EndsTo, o.To + o.Ttl) };
                return mayCount && mine && before.Outcome is null;
            case RecordVerb.Delete when o.Yes:
                after = None(before);
                return mayCount && mine;
            case RecordVerb.Force when o.Yes:
                after = None(before);
                return mayCount;
            case RecordVerb.Finish or RecordVerb.Renew:
                return mayBeGone || !mine || before.Outcome is not null;
            case RecordVerb.Delete:
                return mayBeGone || !mine;
            case RecordVerb.Force:
                return mayBeGone;
            case RecordVerb.Get when o.Record is null:
                return mayBeGone;
            default:
                return mayCount && Seen(before, o.Record!) && Narrow(before, o.Record!, out after);
        }
    }

    private static bool Seen(RecordState before, IdempotencyRecord seen) => seen.Fence == before.Fence && RecordOperation.OutcomeOf(seen) == before.Outcome;

    private static RecordState None(RecordState before) => new(default, 0, null, default, default, before.HighestFence);

    private static bool Narrow(RecordState before, IdempotencyRecord seen, out RecordState after)
    {
        after = before with { EndsFrom = seen.ExpiresAt, EndsTo = seen.ExpiresAt };
        return before.EndsFrom <= seen.ExpiresAt && seen.ExpiresAt <= before.EndsTo;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
