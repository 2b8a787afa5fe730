namespace GitIntent.Reliability.Sqlite;

/// <summary>How to open a file.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The file. Its folder has to exist.</summary>
    public required string Path { get; init; }

    /// <summary>Read only: what is there can be looked at; every write is refused.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another process that writes.</summary>
    /// <value>5 seconds. Zero or more, at most an hour.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many callers' writes one transaction takes at most.</summary>
    /// <value>256.</value>
    public int MaxBatch { get; init; } = 256;
}

/// <summary>
/// One SQLite file that keeps locks, idempotency records and checkpoints: durable (WAL, synchronous=FULL: what was acknowledged survives a power
/// failure), shared by several processes of one machine, with one writer per process that commits what many callers ask for in one transaction.
/// </summary>
/// <remarks>
/// The time of day of the <see cref="TimeProvider"/> decides; all processes on the file have to run on one machine. A network file system is no place
/// for it. Dispose of the store when the managers on it are not used any more.
/// </remarks>
public sealed class SqliteStore : IAsyncDisposable, IDisposable
{
    internal SqliteStore(SqliteWriter writer) => Writer = writer;

    internal SqliteWriter Writer { get; }

    /// <summary>The file.</summary>
    public string Path => Writer.Path;

    /// <summary>Opens the file, makes it if it does not exist, and upgrades it if an older version of this package made it.</summary>
    /// <param name="path">The file. Its folder has to exist.</param>
    /// <param name="options">Clock, log.</param>
    /// <exception cref="SqliteStoreException">The file cannot be opened, is no database, is damaged, was made by a newer version or by another program.</exception>
    public static SqliteStore Open(string path, ReliabilityOptions? options = null) => Open(new SqliteStoreOptions { Path = path }, options);

    /// <inheritdoc cref="Open(string, ReliabilityOptions?)"/>
    /// <param name="file">The file, and how to open it.</param>
    /// <param name="options">Clock, log.</param>
    /// <exception cref="GwiValidationException">An option is not acceptable.</exception>
    public static SqliteStore Open(SqliteStoreOptions file, ReliabilityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (string.IsNullOrWhiteSpace(file.Path) || file.Path.Contains('\0', StringComparison.Ordinal))
            throw new GwiValidationException("The path of the SQLite file is empty or has a null character.");
        if (file.BusyTimeout < TimeSpan.Zero || file.BusyTimeout > TimeSpan.FromHours(1) || file.MaxBatch < 1)
            throw new GwiValidationException("busyTimeout is from zero to an hour, maxBatch at least 1.");
        return new SqliteStore(SqliteWriter.Start(file, options?.TimeProvider ?? TimeProvider.System));
    }

    /// <summary>Waits for what was asked for, and closes the file.</summary>
    public ValueTask DisposeAsync() => Writer.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => Writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
