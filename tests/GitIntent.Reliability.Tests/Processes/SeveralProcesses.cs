using System.Globalization;
using GitIntent.Reliability.Sqlite;
using Microsoft.Data.Sqlite;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>Real processes on one file.</summary>
public sealed class SeveralProcesses : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    private string File => Path.Combine(_folder, "state.db");

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>ARV_KILLS says how often; the proof of a release takes 500.</summary>
    [Fact]
    public async Task A_killed_writer_loses_nothing_that_was_acknowledged_and_no_fence_comes_twice()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ARV_KILLS") ?? "6", CultureInfo.InvariantCulture);
        var random = new Random(20260101);
        var known = new Dictionary<string, string>();
        var highest = 0L;
        for (var kill = 0; kill < kills; kill++)
        {
            // Killed after some number of acknowledgements, and then in the middle of whatever is under way.
            var said = await KilledAfter(random.Next(1, 60));
            var numbers = said.Where(s => s[0] is "lock" or "begin" or "checkpoint").Select(s => long.Parse(s[2], CultureInfo.InvariantCulture)).ToList();
            numbers.Distinct().Count().ShouldBe(numbers.Count);
            numbers.ShouldAllBe(n => n > highest);
            highest = numbers.Append(highest).Max();
            foreach (var line in said)
                known[line[1]] = line[0];
        }

        using (var raw = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            raw.Open();
            using var check = new SqliteCommand("PRAGMA integrity_check", raw);
            check.ExecuteScalar().ShouldBe("ok");
        }

        await using var store = SqliteStore.Open(File);
        var locks = new SqliteRunLockManager(store);
        var operations = new SqliteIdempotencyStore(store);
        var checkpoints = new SqliteCheckpointManager(store);
        foreach (var (id, last) in known)
        {
            if (last is "lock" or "begin" or "done")
                (await locks.GetLockAsync(id)).ShouldNotBeNull($"{id} {last}");
            if (last == "released")
                (await locks.GetLockAsync(id)).ShouldBeNull(id);
            if (last is not "lock")
                (await operations.GetAsync(IdempotencyKey.Create(id, "s", "o"))).ShouldNotBeNull($"{id} {last}");
            if (last is not ("lock" or "begin"))
                (await operations.CheckAsync(IdempotencyKey.Create(id, "s", "o"))).ResultJson.ShouldBe($"\"{id}\"");
            if (last is "checkpoint" or "released")
                (await checkpoints.GetAsync(id)).ShouldNotBeNull($"{id} {last}");
        }

        (await locks.AcquireAsync("after")).Fence.ShouldBeGreaterThan(highest);
    }

    [Fact]
    public async Task Four_processes_of_eight_threads_hold_one_lock_one_at_a_time()
    {
        var children = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Spawn.Run(Spawn.Dotnet, "exec", Spawn.Assembly, "contend", File, _folder, "3")));
        // "database is locked" would end a child with an unhandled exception.
        children.ShouldAllBe(c => c.Exit == 0 && c.Errors == "");
        (await System.IO.File.ReadAllTextAsync(Path.Combine(_folder, "counter"))).ShouldBe("96");
        var fences = (await System.IO.File.ReadAllLinesAsync(Path.Combine(_folder, "fences"))).Select(l => long.Parse(l, CultureInfo.InvariantCulture)).ToList();
        fences.Count.ShouldBe(4 * 8 * 3);
        fences.Distinct().Count().ShouldBe(fences.Count);
        fences.ShouldBeInOrder();
    }

    [NeedsFact("kill", "-l")]
    public async Task A_process_that_was_stopped_past_its_lease_is_refused_by_the_guard()
    {
        var resource = Path.Combine(_folder, "resource.db");
        using var child = Spawn.Child("sleepy", File, resource);
        var old = (await child.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
        old.ShouldStartWith("held run");
        await Spawn.Signal(child, "STOP");
        // Told to write at once: what keeps it from writing in time is that it is stopped, timers and all.
        await child.StandardInput.WriteLineAsync("go on");
        await child.StandardInput.FlushAsync();
        await using var store = SqliteStore.Open(File);
        // Waits for the end of the child's lease, and writes as its successor.
        await using var next = await new SqliteRunLockManager(store).AcquireAsync("run", new() { WaitTimeout = TimeSpan.FromMinutes(1) });
        next.Fence.ShouldBeGreaterThan(long.Parse(old.Split(' ')[2], CultureInfo.InvariantCulture));
        using (var connection = new SqliteConnection($"Data Source={resource};Pooling=False"))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction();
            SqliteLockGuard.Pass(connection, transaction, "t", next.Fence);
            transaction.Commit();
        }

        child.HasExited.ShouldBeFalse();
        await Spawn.Signal(child, "CONT");
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0, await child.StandardError.ReadToEndAsync());
    }

    /// <summary>A kill leaves the page cache alone; only the system calls show that the disk was asked first.</summary>
    [NeedsFact("strace", "-f", "-o", "/dev/null", "true")]
    public async Task Every_write_is_flushed_to_the_log_before_it_is_acknowledged() => (await NotFlushed("steps")).ShouldBeEmpty();

    /// <summary>The red twin: what the trace shows of a store that leaves the flushing to the system.</summary>
    [NeedsFact("strace", "-f", "-o", "/dev/null", "true")]
    public async Task A_store_that_does_not_flush_is_seen_in_the_trace() => (await NotFlushed("unflushed")).Count.ShouldBe(17);

    private async Task<List<string>> NotFlushed(string work)
    {
        var trace = Path.Combine(_folder, "trace");
        var (exit, said, errors) = await Spawn.Run("strace", "-f", "-y", "-s", "200", "-e", "trace=fsync,fdatasync,write,pwrite64", "-o", trace, Spawn.Dotnet, "exec", Spawn.Assembly, work, File, "id");
        exit.ShouldBe(0, errors);
        var calls = (await System.IO.File.ReadAllLinesAsync(trace)).ToList();
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(17);
        List<string> missing = [];
        var from = 0;
        foreach (var line in lines)
        {
            var acknowledged = calls.FindIndex(from, c => c.Contains($"\"{line}\\n\"", StringComparison.Ordinal));
            acknowledged.ShouldBeGreaterThan(from, line);
            var between = calls[from..acknowledged];
            var written = between.FindLastIndex(c => OnLog(c, "pwrite64("));
            written.ShouldBeGreaterThanOrEqualTo(0, line);
            if (between.FindLastIndex(c => OnLog(c, "fsync(", "fdatasync(") && c.EndsWith("= 0", StringComparison.Ordinal)) < written)
                missing.Add(line);
            from = acknowledged;
        }

        return missing;

        static bool OnLog(string call, params string[] names) => call.Contains("state.db-wal>", StringComparison.Ordinal) && names.Any(n => call.Contains(n, StringComparison.Ordinal));
    }

    /// <summary>In a network namespace of its own there is not even a loopback.</summary>
    [NeedsFact("unshare", "-rn", "true")]
    public async Task Everything_works_without_a_network()
    {
        var (exit, said, errors) = await Spawn.Run("unshare", "-rn", Spawn.Dotnet, "exec", Spawn.Assembly, "offline", File);
        exit.ShouldBe(0, errors);
        said.Split('\n').Where(l => l.StartsWith("released", StringComparison.Ordinal)).Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_new_file_may_be_opened_by_many_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var file = $"{File}{round}";
            var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteStore.Open(new SqliteStoreOptions { Path = file, BusyTimeout = TimeSpan.FromMinutes(1) }))));
            var fences = await Task.WhenAll(stores.Select(async (s, i) => (await new SqliteRunLockManager(s).AcquireAsync($"run-{i}")).Fence));
            fences.Distinct().Count().ShouldBe(8);
            foreach (var store in stores)
                await store.DisposeAsync();
        }
    }

    private async Task<List<string[]>> KilledAfter(int lines)
    {
        using var child = Spawn.Child("write", File);
        List<string[]> said = [];
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut by the kill.
            if (line.Split(' ') is [_, _, { Length: > 0 }] parts)
                said.Add(parts);
            if (said.Count == lines)
                child.Kill();
        }

        await child.WaitForExitAsync();
        child.ExitCode.ShouldNotBe(0);
        said.Count.ShouldBeGreaterThanOrEqualTo(lines);
        return said;
    }
}
