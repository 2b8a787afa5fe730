using BenchmarkDotNet.Attributes;

namespace GitIntent.Reliability.Bench;

[MemoryDiagnoser]
public class MemoryBenchmarks
{
    private readonly Dictionary<string, object> _dictionary = new(StringComparer.Ordinal);
    private readonly MemoryRunLockManager _locks = new();
    private readonly MemoryIdempotencyStore _operations = new();
    private readonly IdempotencyKey _key = IdempotencyKey.Create("run", "step", "operation");

    [Benchmark(Baseline = true)]
    public bool DictionaryAddRemove() => _dictionary.TryAdd("run", _dictionary) && _dictionary.Remove("run");

    [Benchmark]
    public async Task<bool> LockRelease() => await (await _locks.AcquireAsync("run")).ReleaseAsync();

    [Benchmark]
    public async Task<CancellationToken> LockTokenRelease()
    {
        await using var held = await _locks.AcquireAsync("run");
        return held.LostToken;
    }

    [Benchmark]
    public async Task BeginCompleteDelete()
    {
        await (await _operations.BeginAsync(_key)).Execution!.CompleteAsync("1");
        await _operations.ForceDeleteAsync(_key);
    }
}
