using System.Globalization;
using System.Text.RegularExpressions;
using GitIntent.Reliability.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>
/// A process that holds locks and writes is killed (SIGKILL) before its n-th system call that changes the store's files, for every n: while it makes
/// the schema, commits, copies the log back into the file, and closes. Half of the kills hit a new file, half of them one that has been killed many times.
/// A plain test run takes a sample; the whole proof is <c>ARV_KILLS=500 dotnet test tests/GitIntent.Reliability.Tests --filter FullyQualifiedName~WritePoints</c>.
/// </summary>
public sealed partial class WritePoints(ITestOutputHelper output) : IDisposable
{
    private const string Calls = "pwrite64,write,fsync,fdatasync,ftruncate,unlink";
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [NeedsFact("strace", "-f", "-o", "/dev/null", "true")]
    public async Task A_process_killed_at_any_write_loses_nothing_that_it_acknowledged_and_no_fence_comes_twice()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ARV_KILLS") ?? "20", CultureInfo.InvariantCulture);
        var old = Path.Combine(_folder, "old.db");
        var ledger = new Ledger();
        Dictionary<string, int> hit = new(StringComparer.Ordinal);
        var fresh = await Points(Path.Combine(_folder, "count.db"), new Ledger());
        await Points(old, ledger);
        var again = await Points(old, ledger);
        var acknowledged = 0;
        var killed = 0;
        for (var i = 0; killed < kills; i++)
        {
            i.ShouldBeLessThan((2 * kills) + 50, "most of the points have to be reached");
            var points = i % 2 == 0 ? fresh : again;
            // Every point in turn where the kills suffice for all, else an even sample of them.
            var (call, n) = points[kills / 2 >= points.Count ? i / 2 % points.Count : (int)((long)i / 2 * points.Count / Math.Max(1, kills / 2)) % points.Count];
            var file = i % 2 == 0 ? Path.Combine(_folder, $"new{i}.db") : old;
            var (exit, said, place) = await Traced(file, call, n);
            var mine = i % 2 == 0 ? new Ledger() : ledger;
            mine.Add(said);
            if (exit == 0)
                continue; // a log that an earlier kill left needs fewer or more of them
            exit.ShouldBe(137, said);
            killed++;
            hit[$"{call} {place}"] = hit.GetValueOrDefault($"{call} {place}") + 1;
            if (i % 2 == 0)
            {
                await Check(file, mine);
                acknowledged += mine.Count;
            }
            else if (i % 20 == 19)
            {
                await Check(file, mine); // else the next process is the one that recovers
            }
        }

        await Check(old, ledger);
        output.WriteLine($"{killed} kills; {fresh.Count} points on a new file, {again.Count} on an old one; {acknowledged + ledger.Count} acknowledged steps, all there");
        foreach (var (place, count) in hit.OrderBy(h => h.Key, StringComparer.Ordinal))
            output.WriteLine($"{count,5} {place}");
    }

    private static async Task Check(string file, Ledger ledger)
    {
        await using (var store = SqliteStore.Open(file))
        {
            await ledger.CheckAsync(store);
            var next = await new SqliteRunLockManager(store).AcquireAsync($"after-{ledger.Highest}");
            next.Fence.ShouldBeGreaterThan(ledger.Highest);
            await next.ReleaseAsync();
            (await store.Writer.ReadAsync(s => (string)s.Command("PRAGMA integrity_check").ExecuteScalar()!, default)).ShouldBe("ok");
        }

        // The dead do not hold for ever.
        var later = new ReliabilityOptions { TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(3)) };
        await using var then = SqliteStore.Open(file, later);
        (await new SqliteRunLockManager(then, later).ListLocksAsync()).ShouldBeEmpty();
    }

    /// <summary>Runs the work to its end, and counts its calls on the store's files: for each call as many points as the busiest thread made of it, for strace counts by thread.</summary>
    private async Task<List<(string Call, int N)>> Points(string file, Ledger ledger)
    {
        var (exit, said, _) = await Traced(file, null, 0);
        exit.ShouldBe(0);
        ledger.Add(said);
        return [.. (await File.ReadAllLinesAsync(Trace)).Select(l => CallOnStore().Match(l)).Where(m => m.Success)
            .GroupBy(m => (Thread: m.Groups["thread"].Value, Call: m.Groups["call"].Value)).Select(g => (g.Key.Call, Count: g.Count()))
            .GroupBy(g => g.Call, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Enumerable.Range(1, g.Max(c => c.Count)).Select(n => (g.Key, n)))];
    }

    private string Trace => Path.Combine(_folder, "trace");

    private async Task<(int Exit, string Said, string Place)> Traced(string file, string? call, int n)
    {
        string[] paths = ["-P", file, "-P", $"{file}-wal", "-P", $"{file}-shm", "-P", $"{file}-journal"];
        string[] kill = call is null ? [] : ["-e", string.Create(CultureInfo.InvariantCulture, $"inject={call}:signal=SIGKILL:when={n}")];
        var (exit, said, _) = await Spawn.Run("strace", ["-f", "-y", .. paths, "-e", $"trace={Calls}", .. kill, "-o", Trace, Spawn.Dotnet, "exec", Spawn.Assembly, "steps", file, $"{Guid.NewGuid():N}"]);
        var last = call is null ? null : (await File.ReadAllLinesAsync(Trace)).Select(l => CallOnStore().Match(l)).LastOrDefault(m => m.Success && m.Groups["call"].Value == call);
        return (exit, said, last?.Groups["place"].Value ?? "");
    }

    [GeneratedRegex("""^(?<thread>\d+) +(?<call>\w+)\(.*?\.db(?<place>-wal|-shm|-journal|)[>"]""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CallOnStore();
}
