using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitIntent.Reliability;

/// <summary>
/// Remembers which operations ran, so that none runs twice: begun by one atomic step, written only by the executor that holds it. A store implements
/// the protected core, one round trip each; waiting, renewal, failure policy and validation are here, the same for every store.
/// </summary>
/// <remarks>Thread-safe. What is not acceptable is a <see cref="GwiValidationException"/> before the store is asked.</remarks>
public abstract partial class IdempotencyStore
{
    private static readonly UTF8Encoding s_strict = new(false, true);

    /// <summary>Creates a store.</summary>
    /// <param name="options">Clock, tenant, taxonomy, log.</param>
    /// <exception cref="GwiValidationException">The tenant is not acceptable.</exception>
    protected IdempotencyStore(ReliabilityOptions? options = null)
    {
        options ??= ReliabilityOptions.Default;
        TimeProvider = options.TimeProvider;
        Taxonomy = options.Taxonomy;
        Tenant = Identifiers.Required(options.Tenant, "tenant");
        Logger = (ILogger?)options.LoggerFactory?.CreateLogger(typeof(IdempotencyStore).FullName!) ?? NullLogger.Instance;
    }

    /// <summary>The tenant of keys that name none.</summary>
    public string Tenant { get; }

    /// <summary>The process's clock: its timers, its monotonic time.</summary>
    protected internal TimeProvider TimeProvider { get; }

    /// <summary>Decides which failures are worth another try.</summary>
    protected internal IErrorTaxonomy Taxonomy { get; }

    /// <summary>Where failures go that may not reach the caller.</summary>
    protected internal ILogger Logger { get; }

    /// <summary>Begins the operation, in one atomic step, unless it is under way, done, or failed for good.</summary>
    /// <param name="key">The operation.</param>
    /// <param name="options">Times, failure policy.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The execution that the caller now has, or the record that was in the way.</returns>
    /// <exception cref="IdempotencyConflictException">The operation was begun with another input.</exception>
    /// <exception cref="GwiValidationException">An option is not acceptable.</exception>
    public async ValueTask<IdempotencyAttempt> BeginAsync(IdempotencyKey key, IdempotencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        options = (options ?? IdempotencyOptions.Default).Checked();
        key = key.In(Tenant);
        var owner = options.OwnerToken.IsEmpty ? OwnerToken.Create() : options.OwnerToken;
        var sent = TimeProvider.GetTimestamp();
        var reply = await BeginCoreAsync(Request(key, owner, options), cancellationToken).ConfigureAwait(false);
        if (reply.Record.InputHash != key.InputHash)
        {
            throw new IdempotencyConflictException(key.Value, IdempotencyConflict.InputMismatch,
                $"The operation {key.Identity} was begun with another input (hash {reply.Record.InputHash}, now {key.InputHash}). Give each input an operation of its own, or wait until the record expires at {reply.Record.ExpiresAt.UtcDateTime:O}.");
        }

        ReliabilityTelemetry.Count(reply.Started ? ReliabilityTelemetry.OperationsStarted : ReliabilityTelemetry.OperationsFound, key.Tenant!);
        return reply.Started
            ? new IdempotencyAttempt(new IdempotencyExecution(this, key, owner, reply.Record, options, sent), reply.Record, reply.Remaining)
            : new IdempotencyAttempt(null, reply.Record, reply.Remaining);
    }

    /// <summary>Records the result, if <paramref name="owner"/> still is the executor.</summary>
    /// <param name="key">The operation.</param>
    /// <param name="owner">The executor's token.</param>
    /// <param name="fence">The executor's fence.</param>
    /// <param name="resultJson">The result as JSON.</param>
    /// <param name="resultTtl">How long it is kept; null is 24 hours.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it is recorded; false where another executor has taken over, or the time in progress is over.</returns>
    /// <exception cref="GwiValidationException">The token or the result is not acceptable.</exception>
    public ValueTask<bool> CompleteAsync(IdempotencyKey key, OwnerToken owner, long fence, string resultJson, TimeSpan? resultTtl = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return FinishCoreAsync(key.In(Tenant), owner.Checked(), fence, new(IdempotencyStatus.Completed, CheckedJson(resultJson), null), Kept(resultTtl), cancellationToken);
    }

    /// <summary>Records the failure, if <paramref name="owner"/> still is the executor.</summary>
    /// <inheritdoc cref="CompleteAsync"/>
    /// <param name="key">The operation.</param>
    /// <param name="owner">The executor's token.</param>
    /// <param name="fence">The executor's fence.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="resultTtl">How long it is kept; null is 24 hours.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<bool> FailAsync(IdempotencyKey key, OwnerToken owner, long fence, FailureInfo failure, TimeSpan? resultTtl = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(failure);
        return FinishCoreAsync(key.In(Tenant), owner.Checked(), fence, new(IdempotencyStatus.Failed, null, failure.Frozen()), Kept(resultTtl), cancellationToken);
    }

    /// <summary>Gives the executor more time.</summary>
    /// <returns>Whether it still is the executor, and has it.</returns>
    /// <exception cref="GwiValidationException">The token or the time is not acceptable.</exception>
    public ValueTask<bool> RenewAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return RenewCoreAsync(key.In(Tenant), owner.Checked(), fence, Durations.Lease(inProgressTimeout, "inProgressTimeout"), cancellationToken);
    }

    /// <summary>Forgets the operation, if <paramref name="owner"/> is its executor.</summary>
    /// <returns>Whether it is forgotten.</returns>
    /// <exception cref="GwiValidationException">The token is not acceptable.</exception>
    public ValueTask<bool> DeleteAsync(IdempotencyKey key, OwnerToken owner, long fence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteCoreAsync(key.In(Tenant), owner.Checked(), fence, cancellationToken);
    }

    /// <summary>Forgets the operation whoever executes it: for operators. Its executor's outcome is then refused.</summary>
    /// <returns>Whether there was a record that had not expired.</returns>
    public ValueTask<bool> ForceDeleteAsync(IdempotencyKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteCoreAsync(key.In(Tenant), null, 0, cancellationToken);
    }

    /// <summary>The record, or null where there is none or it has expired.</summary>
    public ValueTask<IdempotencyRecord?> GetAsync(IdempotencyKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GetCoreAsync(key.In(Tenant), cancellationToken);
    }

    /// <summary>Whether the operation need not run, and its outcome.</summary>
    /// <exception cref="IdempotencyConflictException">It was begun with another input.</exception>
    public async ValueTask<IdempotencyCheck> CheckAsync(IdempotencyKey key, CancellationToken cancellationToken = default)
    {
        var record = await GetAsync(key, cancellationToken).ConfigureAwait(false);
        if (record is not null && record.InputHash != key.InputHash)
            throw new IdempotencyConflictException(key.Value, IdempotencyConflict.InputMismatch, $"The operation {key.Identity} was begun with another input.");
        return new IdempotencyCheck(record is { Status: IdempotencyStatus.Completed } or { Failure.Retryable: false }, record);
    }

    /// <summary>The run's records that have not expired, by step and operation in ordinal order.</summary>
    /// <exception cref="GwiValidationException">The key is not acceptable.</exception>
    public ValueTask<IReadOnlyList<IdempotencyRecord>> ListByRunAsync(RunKey run, CancellationToken cancellationToken = default) => ListCoreAsync(run.In(Tenant), cancellationToken);

    /// <summary>Removes what has expired, of all tenants.</summary>
    /// <returns>How many records were removed.</returns>
    public ValueTask<int> CleanupAsync(CancellationToken cancellationToken = default) => CleanupCoreAsync(cancellationToken);

    /// <summary>Begins the operation in one atomic step, by the store's clock, with a new fence.</summary>
    protected abstract ValueTask<BeginReply> BeginCoreAsync(BeginRequest request, CancellationToken cancellationToken);

    /// <summary>Records the outcome if this executor holds the operation with this fence and its time is not over; true, too, if it has recorded the same outcome before.</summary>
    protected abstract ValueTask<bool> FinishCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, IdempotencyOutcome outcome, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Sets the end of the time in progress, never to an earlier one, if this executor holds the operation and its time is not over.</summary>
    protected abstract ValueTask<bool> RenewCoreAsync(IdempotencyKey key, OwnerToken owner, long fence, TimeSpan inProgressTimeout, CancellationToken cancellationToken);

    /// <summary>Removes the record if this executor wrote it, or, where <paramref name="owner"/> is null, in any case; says whether it counted.</summary>
    protected abstract ValueTask<bool> DeleteCoreAsync(IdempotencyKey key, OwnerToken? owner, long fence, CancellationToken cancellationToken);

    /// <summary>The record, if it has not expired.</summary>
    protected abstract ValueTask<IdempotencyRecord?> GetCoreAsync(IdempotencyKey key, CancellationToken cancellationToken);

    /// <summary>The run's records that have not expired, by step and operation in ordinal order.</summary>
    protected abstract ValueTask<IReadOnlyList<IdempotencyRecord>> ListCoreAsync(RunKey run, CancellationToken cancellationToken);

    /// <summary>Removes what has expired.</summary>
    protected abstract ValueTask<int> CleanupCoreAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the operation may have ended. What it listens to has to be in place when the call returns.</summary>
    protected virtual Task WaitForOutcomeHintAsync(IdempotencyKey key, TimeSpan pollInterval, CancellationToken cancellationToken) =>
        Task.Delay(Durations.ForTimer(pollInterval), TimeProvider, cancellationToken);

    private static BeginRequest Request(IdempotencyKey key, OwnerToken owner, IdempotencyOptions options) => new(
        key, owner, options.InProgressTimeout, options.FailurePolicy != FailurePolicy.ReplayAll, options.FailurePolicy == FailurePolicy.RunAgain);

    private static TimeSpan Kept(TimeSpan? ttl) => Durations.Lease(ttl ?? IdempotencyOptions.Default.ResultTtl, "resultTtl");

    private static string CheckedJson(string? json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            // Strict: half a surrogate pair has no UTF-8 form, and would come back as another character from one store and unchanged from the next.
            var reader = new Utf8JsonReader(s_strict.GetBytes(json));
            while (reader.Read())
            {
            }

            return json;
        }
        catch (Exception e) when (e is JsonException or EncoderFallbackException)
        {
            throw new GwiValidationException($"The result is not JSON: {e.Message}", innerException: e);
        }
    }
}
