using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GitIntent.Reliability.Sqlite;

/// <summary>
/// Has the connection, one at a time. What callers ask for while a commit is under way goes into the next transaction together, on a thread of the
/// writer's own, so that many share the cost of one flush. A caller who comes alone, and who cannot give up meanwhile, commits by itself: two turns of
/// threads cost half a flush on a fast disk. Nobody is answered before the commit that holds the answer.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is asynchronously.")]
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int CrowdLasts = 8;

    private readonly Session _session;
    private readonly int _maxBatch;
    private readonly int _busyTimeout;
    private readonly BlockingCollection<WorkItem> _queue = [];
    private readonly Lock _turn = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _crowd;
    private int _waiting;
    private int _disposed;

    private SqliteWriter(Session session, SqliteStoreOptions file)
    {
        _session = session;
        _maxBatch = file.MaxBatch;
        _busyTimeout = (int)file.BusyTimeout.TotalMilliseconds;
        new Thread(Loop) { IsBackground = true, Name = "GitIntent.Reliability.Sqlite" }.Start();
    }

    public string Path => _session.Path;

    public static SqliteWriter Start(SqliteStoreOptions file, TimeProvider time, int? schema = null)
    {
        var path = System.IO.Path.GetFullPath(file.Path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = file.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 1, // the driver's own waiting is coarse; SQLite's busy handler waits instead
        }.ToString());
        try
        {
            connection.Open();
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)file.BusyTimeout.TotalMilliseconds}"));
            if (!file.ReadOnly)
            {
                connection.Run("PRAGMA journal_mode = WAL");
                connection.Run("PRAGMA synchronous = FULL");
            }

            var firstFence = Math.Max(0, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            Schema.Apply(connection, path, file.ReadOnly, firstFence, schema ?? Schema.Version);
            return new SqliteWriter(new Session(connection, path, time), file);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteStoreException.From(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken) => Enqueue(new WorkItem<T>(work, true, cancellationToken));

    public ValueTask<T> ReadAsync<T>(Func<Session, T> work, CancellationToken cancellationToken) => Enqueue(new WorkItem<T>(work, false, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _queue.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
    }

    private ValueTask<T> Enqueue<T>(WorkItem<T> item)
    {
        if (_crowd == 0 && !item.MayBeCancelled && TryCommitHere(item))
            return new(item.Task);
        Interlocked.Increment(ref _waiting);
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore), "The store is closed.");
        }

        return new(item.Task);
    }

    /// <returns>False where somebody else has the turn, or the file.</returns>
    private bool TryCommitHere(WorkItem item)
    {
        if (!_turn.TryEnter())
            return false;
        try
        {
            // Nobody is overtaken: a release behind an abandoned request has to come behind it.
            if (_queue.IsAddingCompleted || Volatile.Read(ref _waiting) > 0)
                return false;
            // Another process that writes is waited for on the writer's thread, not on the caller's.
            _session.Connection.SetBusyTimeout(0);
            var began = _session.Connection.CodeOf(Begin(item.Writes));
            _session.Connection.SetBusyTimeout(_busyTimeout);
            return (began & 0xFF) != raw.SQLITE_BUSY && TryCommit([item], began);
        }
        finally
        {
            _turn.Exit();
        }
    }

    private void Loop()
    {
        var batch = new List<WorkItem>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            lock (_turn)
            {
                batch.Clear();
                batch.Add(first);
                while (batch.Count < _maxBatch && _queue.TryTake(out var more))
                    batch.Add(more);
                Interlocked.Add(ref _waiting, -batch.Count);
                batch.RemoveAll(item => item.IsCancelled);
                // One straggler is not the end of a crowd, whose next commit would be split in two.
                _crowd = batch.Count > 1 ? CrowdLasts : Math.Max(0, _crowd - 1);
                while (batch.Count > 0 && !TryCommit(batch))
                {
                }
            }
        }

        lock (_turn)
            _session.Dispose();
        _ended.SetResult();
    }

    private static string Begin(bool writes) => writes ? "BEGIN IMMEDIATE" : "BEGIN";

    /// <returns>False where one item failed by itself: it is out of the batch, and the rest is done again.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every failure goes to those who wait.")]
    private bool TryCommit(List<WorkItem> batch, int? began = null)
    {
        WorkItem? current = null;
        try
        {
            _session.Connection.ThrowFor(began ?? _session.Connection.CodeOf(Begin(batch.Exists(item => item.Writes))));
            foreach (var item in batch)
            {
                current = item;
                item.Do(_session);
            }

            current = null;
            _session.Connection.ThrowFor(_session.Connection.CodeOf("COMMIT"));
        }
        catch (Exception e)
        {
            _session.Connection.TryRollback();
            var typed = e switch
            {
                SqliteException sqlite => SqliteStoreException.From(Path, sqlite),
                InvalidDataException => new SqliteStoreException(Path, SqliteStoreFailure.Corrupt, $"The store file {Path} has a row that this package does not write: {e.Message} Delete the record, or put the file aside.", e),
                _ => e,
            };
            if (current is not null && batch.Count > 1)
            {
                batch.Remove(current);
                current.Fail(typed);
                return false;
            }

            foreach (var item in batch)
                item.Fail(typed);
            return true;
        }

        foreach (var item in batch)
            item.Acknowledge();
        return true;
    }
}
