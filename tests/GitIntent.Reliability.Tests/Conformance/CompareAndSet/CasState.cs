using System.Collections.Immutable;

namespace GitIntent.Reliability.Tests.Conformance.CompareAndSet;

/// <summary>All data of a namespace, immutable: every change is a new one, put in place of the one that it was made from.</summary>
internal sealed record CasState(
    long Counter, ImmutableDictionary<RunKey, CasLock> Locks, ImmutableDictionary<(string Tenant, string Identity), CasRecord> Records, ImmutableDictionary<RunKey, StoredCheckpoint> Checkpoints)
{
    public static readonly CasState Empty = new(0, ImmutableDictionary<RunKey, CasLock>.Empty, ImmutableDictionary<(string, string), CasRecord>.Empty, ImmutableDictionary<RunKey, StoredCheckpoint>.Empty);
}

internal sealed record CasLock(OwnerToken Owner, RunLock Lock);

internal sealed record CasRecord(OwnerToken Owner, IdempotencyRecord Record);
