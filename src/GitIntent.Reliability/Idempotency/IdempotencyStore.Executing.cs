using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

public abstract partial class IdempotencyStore
{
    /// <summary>Runs <paramref name="operation"/> once: the first caller runs it, the others get what it returned or how it failed.</summary>
    /// <param name="key">The operation.</param>
    /// <param name="resultType">How the result is kept as JSON.</param>
    /// <param name="operation">Gets the execution, whose fence belongs into every write, and a token that fires when another executor may have taken over or the caller cancels.</param>
    /// <param name="options">Times, in-flight behaviour, failure policy.</param>
    /// <param name="cancellationToken">Cancels. A cancelled operation is not kept, and may be begun again at once.</param>
    /// <returns>The result; where it was kept, a copy read from JSON.</returns>
    /// <exception cref="IdempotencyConflictException">It is under way elsewhere, was begun with another input, or was taken over while it ran.</exception>
    /// <exception cref="ResultUnrecordedException">It succeeded, but the store failed to record it.</exception>
    /// <exception cref="GwiException">It failed before, and the policy replays that; or it succeeded and its result has no JSON form (<see cref="GwiValidationException"/>, which is kept: it must not run again).</exception>
    public async Task<T> WithIdempotencyAsync<T>(
        IdempotencyKey key, JsonTypeInfo<T> resultType, Func<IdempotencyExecution, CancellationToken, Task<T>> operation, IdempotencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        ArgumentNullException.ThrowIfNull(operation);
        options ??= IdempotencyOptions.Default;
        var attempt = await BeginOrWaitAsync(key, options, cancellationToken).ConfigureAwait(false);
        return attempt.Execution is { } execution
            ? await RunAsync(execution, resultType, operation, options, cancellationToken).ConfigureAwait(false)
            : attempt.Record.Status == IdempotencyStatus.Completed ? JsonSerializer.Deserialize(attempt.Record.ResultJson!, resultType)! : throw attempt.Record.Failure!.ToException();
    }

    /// <inheritdoc cref="WithIdempotencyAsync{T}(IdempotencyKey, JsonTypeInfo{T}, Func{IdempotencyExecution, CancellationToken, Task{T}}, IdempotencyOptions?, CancellationToken)"/>
    [RequiresUnreferencedCode("The result's type is read by reflection. Pass a JsonTypeInfo<T> where the program is trimmed.")]
    [RequiresDynamicCode("The result's type is read by reflection. Pass a JsonTypeInfo<T> where the program is native.")]
    public Task<T> WithIdempotencyAsync<T>(
        IdempotencyKey key, Func<IdempotencyExecution, CancellationToken, Task<T>> operation, IdempotencyOptions? options = null, CancellationToken cancellationToken = default) =>
        WithIdempotencyAsync(key, (JsonTypeInfo<T>)JsonSerializerOptions.Default.GetTypeInfo(typeof(T)), operation, options, cancellationToken);

    private async Task<T> RunAsync<T>(
        IdempotencyExecution execution, JsonTypeInfo<T> resultType, Func<IdempotencyExecution, CancellationToken, Task<T>> operation, IdempotencyOptions options, CancellationToken cancellationToken)
    {
        T result;
        var lost = execution.LostToken;
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(lost, cancellationToken))
        {
            if (options.RenewCap is { } cap)
                execution.RenewUntil(cap);
            try
            {
                result = await operation(execution, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                execution.End();
                throw Superseded(execution, null);
            }
            catch (Exception e)
            {
                await RecordQuietlyAsync(execution, e).ConfigureAwait(false);
                throw;
            }
        }

        string json;
        try
        {
            json = JsonSerializer.Serialize(result, resultType);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or ArgumentException or InvalidOperationException)
        {
            var unkept = new GwiValidationException($"The operation {execution.Key.Identity} succeeded, but its result has no JSON form: {SafeText.MessageOf(e)}", innerException: e);
            await RecordQuietlyAsync(execution, unkept).ConfigureAwait(false);
            throw unkept;
        }

        bool recorded;
        try
        {
            // The caller's cancellation comes too late: the operation is done, and that has to be kept.
            recorded = await execution.CompleteAsync(json, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new ResultUnrecordedException(execution.Key.Value, result, Taxonomy.Wrap(e));
        }

        return recorded ? result : throw Superseded(execution, result);
    }

    private async ValueTask<IdempotencyAttempt> BeginOrWaitAsync(IdempotencyKey key, IdempotencyOptions options, CancellationToken cancellationToken)
    {
        var started = TimeProvider.GetTimestamp();
        var fixedOwner = options.OwnerToken.IsEmpty ? options with { OwnerToken = OwnerToken.Create() } : options;
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var hint = options.WhenInFlight == InFlight.Wait ? WaitForOutcomeHintAsync(key.In(Tenant), options.RetryInterval, round.Token) : Task.CompletedTask;
            try
            {
                var attempt = await BeginAsync(key, fixedOwner, cancellationToken).ConfigureAwait(false);
                if (attempt.Started || attempt.Record.Status != IdempotencyStatus.Pending)
                    return attempt;
                var waited = TimeProvider.GetElapsedTime(started);
                var infinite = options.WaitTimeout == Timeout.InfiniteTimeSpan;
                if (options.WhenInFlight == InFlight.Conflict || (!infinite && waited >= options.WaitTimeout))
                {
                    throw new IdempotencyConflictException(key.Value, IdempotencyConflict.InFlight,
                        $"The operation {key.Identity} is under way elsewhere, until {attempt.Record.ExpiresAt.UtcDateTime:O} at the latest{(waited > TimeSpan.Zero ? $"; waited {waited.TotalMilliseconds:0} ms" : "")}.");
                }

                var wait = infinite || attempt.Remaining < options.WaitTimeout - waited ? attempt.Remaining : options.WaitTimeout - waited;
                await Task.WhenAny(hint, Task.Delay(RunLockManager.Whole(wait), TimeProvider, round.Token)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
            finally
            {
                await round.CancelAsync().ConfigureAwait(false);
                RunLockManager.Observe(hint);
            }
        }
    }

    /// <summary>Keeps how the operation ended; that it could not be kept must not mask how it ended.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The operation's own error passes.")]
    private async ValueTask RecordQuietlyAsync(IdempotencyExecution execution, Exception e)
    {
        try
        {
            if (ErrorTaxonomy.IsCancellation(e))
                await execution.AbandonAsync().ConfigureAwait(false);
            else
                await execution.FailAsync(e).ConfigureAwait(false);
        }
        catch (Exception storeError)
        {
            Logger.LogWarning(storeError, "How the operation {Key} ended could not be recorded.", execution.Key.Identity);
        }
    }

    private static IdempotencyConflictException Superseded(IdempotencyExecution execution, object? result) => new(execution.Key.Value, IdempotencyConflict.Superseded,
        $"The operation {execution.Key.Identity} took longer than its time in progress, and another executor may have taken it over. Renew it in time.", result);
}
