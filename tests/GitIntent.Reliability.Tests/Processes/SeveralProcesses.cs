using System.Diagnostics;
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
        var children = Enumerable.Range(0, 4).Select(_ => StartChild("contend", File, _folder, "3")).ToList();
        var outputs = await Task.WhenAll(children.Select(c => c.StandardOutput.ReadToEndAsync()));
        foreach (var child in children)
        {
            await child.WaitForExitAsync();
            child.ExitCode.ShouldBe(0);
            child.Dispose();
        }

        var fences = outputs.SelectMany(o => o.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => long.Parse(l.Split(' ')[2], CultureInfo.InvariantCulture)).ToList();
        fences.Count.ShouldBe(4 * 8 * 3);
        fences.Distinct().Count().ShouldBe(fences.Count);
    }

    [Fact]
    public async Task A_process_that_was_stopped_past_its_lease_is_refused_by_the_guard()
    {
        var resource = Path.Combine(_folder, "resource.db");
        using var child = StartChild("sleepy", File, resource);
        (await child.StandardOutput.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith("held run");
        await using var store = SqliteStore.Open(File);
        // Waits for the end of the child's lease, and writes as its successor.
        await using var next = await new SqliteRunLockManager(store).AcquireAsync("run", new() { WaitTimeout = TimeSpan.FromMinutes(1) });
        using (var connection = new SqliteConnection($"Data Source={resource};Pooling=False"))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction();
            SqliteLockGuard.Pass(connection, transaction, "t", next.Fence);
            transaction.Commit();
        }

        await child.StandardInput.WriteLineAsync("go on");
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0);
    }

    /// <summary>A kill leaves the page cache alone; only the system calls show that the disk was asked first.</summary>
    [Fact]
    public async Task A_write_is_flushed_to_the_log_before_it_is_acknowledged()
    {
        if (!System.IO.File.Exists("/usr/bin/strace"))
            return;
        var trace = Path.Combine(_folder, "trace");
        using var child = Start("/usr/bin/strace", "-f", "-y", "-e", "trace=fsync,fdatasync,write,pwrite64", "-o", trace, Dotnet, "exec", typeof(Program).Assembly.Location, "one", File);
        await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0);
        var calls = (await System.IO.File.ReadAllLinesAsync(trace)).ToList();
        var opened = calls.FindIndex(c => c.Contains("\"opened", StringComparison.Ordinal));
        var acknowledged = calls.FindIndex(c => c.Contains("\"acknowledged", StringComparison.Ordinal));
        opened.ShouldBeGreaterThan(0);
        var between = calls[opened..acknowledged];
        var written = between.FindLastIndex(c => c.Contains("pwrite64(", StringComparison.Ordinal) && c.Contains("state.db-wal", StringComparison.Ordinal));
        var flushed = between.FindLastIndex(c => (c.Contains("fsync(", StringComparison.Ordinal) || c.Contains("fdatasync(", StringComparison.Ordinal)) && c.Contains("state.db-wal", StringComparison.Ordinal));
        written.ShouldBeGreaterThan(0);
        flushed.ShouldBeGreaterThan(written);
    }

    [Fact]
    public async Task Everything_works_without_a_network()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (var probe = Start("unshare", "-rn", "true"))
        {
            await probe.WaitForExitAsync();
            if (probe.ExitCode != 0)
                return; // a host that forbids user namespaces
        }

        using var child = Start("unshare", "-rn", Dotnet, "exec", typeof(Program).Assembly.Location, "one", File);
        (await child.StandardOutput.ReadToEndAsync()).ShouldContain("acknowledged");
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0);
    }

    private async Task<List<string[]>> KilledAfter(int lines)
    {
        using var child = StartChild("write", File);
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

    private static string Dotnet => Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet";

    private static Process StartChild(params string[] args) => Start(Dotnet, ["exec", typeof(Program).Assembly.Location, .. args]);

    private static Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardInput = true };
        return Process.Start(start)!;
    }
}
