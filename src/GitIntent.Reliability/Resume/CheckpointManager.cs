using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>A checkpoint as a store keeps it.</summary>
/// <param name="Version">The version that the store gave it.</param>
/// <param name="Json">The checkpoint; the store does not look into it.</param>
public readonly record struct StoredCheckpoint(long Version, string Json);

/// <summary>
/// Keeps the newest checkpoint of each run, replaced by compare-and-set: of two who go on from the same one, the second is told. A store implements the
/// protected core, one round trip each.
/// </summary>
public abstract class CheckpointManager
{
    private readonly TimeProvider _time;

    /// <summary>Creates a manager.</summary>
    /// <param name="options">Clock, tenant.</param>
    /// <exception cref="GwiValidationException">The tenant is not acceptable.</exception>
    protected CheckpointManager(ReliabilityOptions? options = null)
    {
        options ??= ReliabilityOptions.Default;
        _time = options.TimeProvider;
        Tenant = Identifiers.Required(options.Tenant, "tenant");
    }

    /// <summary>The tenant of keys that name none.</summary>
    public string Tenant { get; }

    /// <summary>Saves the state of <paramref name="run"/> in place of <paramref name="previous"/>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="artifacts">What completed steps produced, by step id, where it is not their output.</param>
    /// <param name="reason">Why.</param>
    /// <param name="previous">The checkpoint that it replaces; null: there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The checkpoint with its version.</returns>
    /// <exception cref="CheckpointConflictException">Another one is there.</exception>
    /// <exception cref="GwiValidationException">The run or an artifact is not acceptable.</exception>
    public ValueTask<RunCheckpoint> CreateAsync(
        RunState run, IReadOnlyDictionary<string, JsonElement>? artifacts = null, CheckpointReason reason = CheckpointReason.Manual, RunCheckpoint? previous = null, CancellationToken cancellationToken = default) =>
        SaveAsync(RunCheckpoint.Of(run, artifacts, reason, previous), cancellationToken);

    /// <summary>Saves <paramref name="checkpoint"/> in place of the one that has its <see cref="RunCheckpoint.Version"/>; 0 is none.</summary>
    /// <returns>The checkpoint with its new version and time.</returns>
    /// <exception cref="CheckpointConflictException">Another one is there.</exception>
    /// <exception cref="GwiValidationException">An id is not acceptable.</exception>
    public async ValueTask<RunCheckpoint> SaveAsync(RunCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var key = new RunKey(checkpoint.RunId, Identifiers.Required(checkpoint.Tenant, "tenant"));
        var stamped = checkpoint with { CheckpointedAt = _time.GetUtcNow() };
        var current = await SaveCoreAsync(key, checkpoint.Version, CheckpointJson.Write(stamped), cancellationToken).ConfigureAwait(false);
        if (current.Saved)
            ReliabilityTelemetry.Count(ReliabilityTelemetry.CheckpointsSaved, checkpoint.Tenant);
        return current.Saved ? stamped with { Version = current.Version } : throw new CheckpointConflictException(key, checkpoint.Version, current.Version);
    }

    /// <summary>The run's checkpoint, or null.</summary>
    /// <exception cref="GwiException">It was written by a newer version of this library, or is damaged (<c>CONFIGURATION_ERROR</c>).</exception>
    public async ValueTask<RunCheckpoint?> GetAsync(RunKey key, CancellationToken cancellationToken = default)
    {
        key = key.In(Tenant);
        return await GetCoreAsync(key, cancellationToken).ConfigureAwait(false) is { } stored ? CheckpointJson.Read(key.RunId, stored) : null;
    }

    /// <summary>Removes the run's checkpoint.</summary>
    /// <param name="key">The run.</param>
    /// <param name="version">Only if it has this version; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was there, and is no more.</returns>
    public ValueTask<bool> DeleteAsync(RunKey key, long? version = null, CancellationToken cancellationToken = default) => DeleteCoreAsync(key.In(Tenant), version, cancellationToken);

    /// <summary>The tenant's checkpoints by run id in ordinal order.</summary>
    /// <param name="tenant">Null is this manager's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="GwiException">One was written by a newer version of this library, or is damaged (<c>CONFIGURATION_ERROR</c>).</exception>
    public async ValueTask<IReadOnlyList<RunCheckpoint>> ListAsync(string? tenant = null, CancellationToken cancellationToken = default)
    {
        var stored = await ListCoreAsync(Identifiers.Optional(tenant, "tenant") ?? Tenant, cancellationToken).ConfigureAwait(false);
        return [.. stored.Select(s => CheckpointJson.Read("?", s)).OrderBy(c => c.RunId, StringComparer.Ordinal)];
    }

    /// <summary>What a save came to.</summary>
    /// <param name="Saved">Whether it is saved.</param>
    /// <param name="Version">The version that is there now; 0 is none.</param>
    protected readonly record struct SaveReply(bool Saved, long Version);

    /// <summary>Replaces the checkpoint of version <paramref name="basedOn"/> (0: none) in one atomic step, with a new version greater than every earlier one in the store. The very same text again is saved already.</summary>
    protected abstract ValueTask<SaveReply> SaveCoreAsync(RunKey key, long basedOn, string json, CancellationToken cancellationToken);

    /// <summary>The run's checkpoint.</summary>
    protected abstract ValueTask<StoredCheckpoint?> GetCoreAsync(RunKey key, CancellationToken cancellationToken);

    /// <summary>Removes the run's checkpoint, if it has the version that is asked for.</summary>
    protected abstract ValueTask<bool> DeleteCoreAsync(RunKey key, long? version, CancellationToken cancellationToken);

    /// <summary>The tenant's checkpoints.</summary>
    protected abstract ValueTask<IReadOnlyList<StoredCheckpoint>> ListCoreAsync(string tenant, CancellationToken cancellationToken);
}
