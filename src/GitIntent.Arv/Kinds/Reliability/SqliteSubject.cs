using System.Collections.Concurrent;
using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>The SQLite store. Every process of a scene has a connection of its own, to a file of the scene's own beside the path: what is at the path is not touched.</summary>
internal sealed class SqliteSubject : ConformanceSubject, IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<SqliteStore>> _open = new(StringComparer.Ordinal);
    private readonly bool _owned;

    public SqliteSubject(string path)
        : this($"{path}.conformance-{Guid.NewGuid():N}", owned: true)
    {
    }

    private SqliteSubject(string folder, bool owned) => (Folder, _owned) = (folder, owned);

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    public override string Name => "sqlite";

    public override bool Durable => true;

    public override IResumeAnalyzer Resume => ResumeAnalyzer.Instance;

    public override IErrorTaxonomy Errors => ErrorTaxonomy.Default;

    public override IObservability Observability(SubjectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new LibraryObservability(context.Time);
    }

    /// <summary>That of another process, which goes on to own the folder.</summary>
    public static SqliteSubject In(string folder) => new(folder, owned: false);

    /// <summary>Why no store can be kept there; null where one can.</summary>
    public static string? Obstacle(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            return $"sqlite: the folder {folder} does not exist";
        if (Directory.Exists(path))
            return $"sqlite: {path} is a folder; expected a file, or nothing yet";
        if (!File.Exists(path))
            return null;
        try
        {
            // Whoever names a file means a store: one that is none, is damaged or is too new is no place to be proved.
            SqliteStore.Open(new SqliteStoreOptions { Path = path, ReadOnly = true }).DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (GwiException e)
        {
            return $"sqlite: {e.Message}";
        }
    }

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) => new(new SqliteRunLockManager(Open(context), Options(context)));

    public override ValueTask<IdempotencyStore?> IdempotencyAsync(SubjectContext context) => new(new SqliteIdempotencyStore(Open(context), Options(context)));

    public override ValueTask<CheckpointManager?> CheckpointsAsync(SubjectContext context) => new(new SqliteCheckpointManager(Open(context), Options(context)));

    public override async ValueTask CloseAsync(SubjectContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_open.TryRemove(context.Namespace, out var stores))
            return;
        foreach (var store in stores)
            await store.DisposeAsync().ConfigureAwait(false);
        foreach (var file in Directory.GetFiles(Folder, context.Namespace + ".db*"))
            File.Delete(file);
    }

    public void Dispose()
    {
        if (_owned && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private SqliteStore Open(SubjectContext context)
    {
        Directory.CreateDirectory(Folder);
        var file = new SqliteStoreOptions { Path = System.IO.Path.Combine(Folder, context.Namespace + ".db"), BusyTimeout = TimeSpan.FromSeconds(30) };
        var store = SqliteStore.Open(file, Options(context));
        _open.GetOrAdd(context.Namespace, static _ => []).Add(store);
        return store;
    }

    private static ReliabilityOptions Options(SubjectContext context) => new() { TimeProvider = context.Time };
}
