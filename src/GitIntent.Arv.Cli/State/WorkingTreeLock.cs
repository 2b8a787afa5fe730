using System.Globalization;
using GitIntent.Arv.Model;
using GitIntent.Arv.Running;
using GitIntent.Reliability;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Arv.Cli.State;

/// <summary>
/// One run at a time in a working tree: a lock in <c>.arv/state.db</c>. Commands of two runs would change the tree under each other's feet.
/// A holder that died is waited for no longer than its lease.
/// </summary>
internal sealed class WorkingTreeLock : IAsyncDisposable
{
    /// <summary>The tree is the file that the lock lies in; so one name is enough.</summary>
    private static readonly RunKey Key = new("working-tree");

    /// <summary>How long a run that died keeps others waiting; a living one renews in time.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly SqliteStore? _store;
    private readonly RunLockHandle? _handle;
    private readonly CancellationTokenRegistration _lost;

    private WorkingTreeLock(SqliteStore? store, RunLockHandle? handle, string? notice, CancellationTokenRegistration lost = default)
    {
        _store = store;
        _handle = handle;
        _lost = lost;
        Notice = notice;
    }

    /// <summary>Why the run goes on without a lock; null when it has one.</summary>
    public string? Notice { get; }

    /// <param name="root">The working tree.</param>
    /// <param name="reason">What for, as one who waits is told.</param>
    /// <param name="noWait">Do not wait for another run.</param>
    /// <param name="stop">Ends the wait; and is told when the lock is lost.</param>
    /// <param name="context">Where the one who waits is told for whom.</param>
    /// <exception cref="CliException">Another run holds it, and <paramref name="noWait"/> was asked for.</exception>
    public static async Task<WorkingTreeLock> AcquireAsync(string root, string reason, bool noWait, RunStop stop, CliContext context)
    {
        if (StateFolder.Open(root, out var why) is not { } folder)
            return Without(why!);
        SqliteStore store;
        try
        {
            store = SqliteStore.Open(Path.Combine(folder, "state.db"), new ReliabilityOptions { TimeProvider = context.Time });
        }
        catch (GwiException e) when (e is not GwiValidationException)
        {
            return Without(e.Message);
        }
        try
        {
            var locks = new SqliteRunLockManager(store, new ReliabilityOptions { TimeProvider = context.Time });
            var options = new RunLockOptions { Ttl = Lease, AutoRenewCap = TimeSpan.FromDays(1), Reason = reason };
            var attempt = await locks.TryAcquireAsync(Key, options, stop.Token).ConfigureAwait(false);
            if (!attempt.Acquired && noWait)
                throw new CliException(ExitCodes.LockConflict, $"error: another run is under way in {root}: {Holder(attempt.Existing)}");
            if (!attempt.Acquired)
                await context.ErrorLines.WriteLineAsync($"waiting for another run in this tree: {Holder(attempt.Existing)}").ConfigureAwait(false);
            var handle = attempt.Handle
                ?? await locks.AcquireAsync(Key, options with { WaitTimeout = Timeout.InfiniteTimeSpan }, stop.Token).ConfigureAwait(false);
            return new WorkingTreeLock(store, handle, null, handle.LostToken.Register(() => stop.Request("the lock of the working tree was lost")));
        }
        catch (GwiException e) when (e is not LockConflictException)
        {
            await store.DisposeAsync().ConfigureAwait(false);
            return Without(e.Message);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>No longer tells that the lock is lost, and begins to let go of it.</summary>
    /// <returns>The end of that.</returns>
    public async Task<Task> BeginReleaseAsync()
    {
        await _lost.DisposeAsync().ConfigureAwait(false);
        return Task.Run(async () => await DisposeAsync().ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        await _lost.DisposeAsync().ConfigureAwait(false);
        if (_handle is not null)
            await _handle.DisposeAsync().ConfigureAwait(false);
        if (_store is not null)
            await _store.DisposeAsync().ConfigureAwait(false);
    }

    private static WorkingTreeLock Without(string reason) =>
        new(null, null, $"another run in this tree would not be noticed: {StateFolder.Name} cannot be used: {reason}");

    private static string Holder(RunLock? holder) => holder is null ? "it has just ended"
        : string.Create(CultureInfo.InvariantCulture, $"{holder.Reason ?? "a run"}, by {holder.HolderId}, since {holder.AcquiredAt:yyyy-MM-dd HH:mm:ss}Z");
}
