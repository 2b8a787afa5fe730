using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Sqlite;

/// <summary>
/// The one thread that has the connection. What callers ask for while a commit is under way goes into the next transaction together, so that many
/// share the cost of one flush. Nobody is answered before the commit that holds the answer.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is asynchronously.")]
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly Session _session;
    private readonly int _maxBatch;
    private readonly BlockingCollection<WorkItem> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private SqliteWriter(Session session, int maxBatch)
    {
        _session = session;
        _maxBatch = maxBatch;
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
            return new SqliteWriter(new Session(connection, path, time), file.MaxBatch);
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

    private void Loop()
    {
        var batch = new List<WorkItem>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < _maxBatch && _queue.TryTake(out var more))
                batch.Add(more);
            batch.RemoveAll(item => item.IsCancelled);
            while (batch.Count > 0 && !TryCommit(batch))
            {
            }
        }

        _session.Dispose();
        _queue.Dispose();
        _ended.SetResult();
    }

    /// <returns>False where one item failed by itself: it is out of the batch, and the rest is done again.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every failure goes to those who wait.")]
    private bool TryCommit(List<WorkItem> batch)
    {
        WorkItem? current = null;
        try
        {
            var writes = batch.Exists(item => item.Writes);
            _session.Connection.Run(writes ? "BEGIN IMMEDIATE" : "BEGIN");
            foreach (var item in batch)
            {
                current = item;
                item.Do(_session);
            }

            current = null;
            _session.Connection.Run("COMMIT");
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
