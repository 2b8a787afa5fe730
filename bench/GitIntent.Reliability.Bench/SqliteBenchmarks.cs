using BenchmarkDotNet.Attributes;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Bench;

[MemoryDiagnoser]
public class SqliteBenchmarks
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench");
    private PlainSqlite _plain = null!;
    private SqliteStore _store = null!;
    private SqliteRunLockManager _locks = null!;

    [Params(1, 32)]
    public int Callers { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _plain = new PlainSqlite(Path.Combine(_folder.FullName, "plain.db"));
        _store = SqliteStore.Open(Path.Combine(_folder.FullName, "state.db"));
        _locks = new SqliteRunLockManager(_store);
    }

    [GlobalCleanup]
    public void Close()
    {
        _plain.Dispose();
        _store.Dispose();
        _folder.Delete(true);
    }

    [Benchmark(Baseline = true)]
    public Task TwoTransactions() => All(i => _plain.TwoTransactionsAsync($"run-{i}"));

    [Benchmark]
    public Task PlainLock() => All(i => _plain.LockAsync($"run-{i}"));

    [Benchmark]
    public Task LockRelease() => All(async i => await (await _locks.AcquireAsync($"run-{i}")).ReleaseAsync());

    private Task All(Func<int, Task> body) => Task.WhenAll(Enumerable.Range(0, Callers).Select(body));
}
