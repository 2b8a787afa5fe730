using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability;

public abstract partial class RunLockManager
{
    /// <summary>Runs <paramref name="body"/> while the lock is held, and releases it then.</summary>
    /// <param name="key">The run.</param>
    /// <param name="body">Gets the held lock, whose fence belongs into every write, and a token that fires when the lock is lost or the caller cancels.</param>
    /// <param name="options">How to acquire.</param>
    /// <param name="cancellationToken">Cancels the wait and the body.</param>
    /// <returns>What the body returned.</returns>
    /// <exception cref="LockConflictException">The lock was not to be had; the body did not run.</exception>
    /// <exception cref="LockLostException">The lock was lost before the body ended. What the body returned nevertheless is in it. An error of the body's own passes instead.</exception>
    /// <exception cref="GwiValidationException">A key or an option is not acceptable.</exception>
    /// <remarks>A release that fails changes nothing of this: it is logged, and the lease ends by itself.</remarks>
    public async Task<T> WithLockAsync<T>(RunKey key, Func<RunLockHandle, CancellationToken, Task<T>> body, RunLockOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var handle = await AcquireAsync(key, options, cancellationToken).ConfigureAwait(false);
        T result;
        var lost = handle.LostToken;
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(lost, cancellationToken))
        {
            try
            {
                result = await body(handle, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                await ReleaseQuietlyAsync(handle).ConfigureAwait(false);
                throw Lost(handle, e, null);
            }
            catch
            {
                if (lost.IsCancellationRequested | !await ReleaseQuietlyAsync(handle).ConfigureAwait(false))
                    Logger.LogWarning("The lock of run {Run} (fence {Fence}) was lost before the body failed.", handle.RunId, handle.Fence);
                throw;
            }
        }

        var wasLost = lost.IsCancellationRequested;
        if (!await ReleaseQuietlyAsync(handle).ConfigureAwait(false) || wasLost)
            throw Lost(handle, null, result);
        return result;
    }

    /// <inheritdoc cref="WithLockAsync{T}"/>
    public Task WithLockAsync(RunKey key, Func<RunLockHandle, CancellationToken, Task> body, RunLockOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return WithLockAsync<object?>(key, async (handle, token) =>
        {
            await body(handle, token).ConfigureAwait(false);
            return null;
        }, options, cancellationToken);
    }

    private static LockLostException Lost(RunLockHandle handle, Exception? cause, object? result) => new(handle.RunId, handle.Fence,
        $"The lock of run {handle.RunId} was lost while it was worked under: its lease ended, or it was released by force. Extend it in time, or ask for renewal.", cause, result);

    /// <returns>False only if the store says that the lock was not held any more; a store that cannot be asked says nothing.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failing release must not mask what the body did.")]
    internal async ValueTask<bool> ReleaseQuietlyAsync(RunLockHandle handle)
    {
        try
        {
            return await handle.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Logger.LogWarning(e, "The lock of run {Run} (fence {Fence}) could not be released; its lease ends at {ExpiresAt}.", handle.RunId, handle.Fence, handle.ExpiresAt);
            return true;
        }
    }
}
