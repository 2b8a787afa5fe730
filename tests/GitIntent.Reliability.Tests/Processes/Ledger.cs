using System.Globalization;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>What a killed process said was done, and whether a store still has all of it.</summary>
internal sealed class Ledger
{
    // The order in which one id's steps come. What follows the last acknowledged step may be done or not.
    private static readonly string[] s_steps = ["lock", "extended", "begin", "done", "begun", "failed", "checkpoint", "saved", "released"];

    private readonly Dictionary<string, Dictionary<string, long>> _said = new(StringComparer.Ordinal);

    public int Count => _said.Values.Sum(s => s.Count);

    public long Highest { get; private set; }

    /// <summary>Takes one process's lines; every number has to be new, and greater than all before.</summary>
    public void Add(string said)
    {
        var floor = Highest;
        HashSet<long> numbers = [];
        // What comes after the last line feed was cut by the kill.
        foreach (var line in said.Split('\n')[..^1])
        {
            if (line.Split(' ') is not [var step, var id, var text] || Array.IndexOf(s_steps, step) < 0)
                continue;
            var number = long.Parse(text, CultureInfo.InvariantCulture);
            if (!_said.TryGetValue(id, out var steps))
                _said.Add(id, steps = new(StringComparer.Ordinal));
            steps.Add(step, number);
            if (step is "extended" or "done" or "failed" or "released")
                continue;
            number.ShouldBeGreaterThan(floor, $"{line}: a number of an earlier process came again");
            numbers.Add(number).ShouldBeTrue($"{line}: a number came twice");
            Highest = Math.Max(Highest, number);
        }
    }

    public async Task CheckAsync(SqliteStore store)
    {
        var locks = new SqliteRunLockManager(store);
        var operations = new SqliteIdempotencyStore(store);
        var checkpoints = new SqliteCheckpointManager(store);
        foreach (var (id, said) in _said)
        {
            var last = s_steps.Last(said.ContainsKey);
            var held = await locks.GetLockAsync(id);
            if (said.ContainsKey("released"))
                held.ShouldBeNull(id);
            else if (last != "saved")
                held.ShouldNotBeNull($"{id} after {last}").Fence.ShouldBe(said["lock"]);
            if (held is not null && said.TryGetValue("extended", out var ends))
                held.ExpiresAt.UtcTicks.ShouldBe(ends, id);

            if (said.TryGetValue("begin", out var fence))
            {
                var record = (await operations.GetAsync(IdempotencyKey.Create(id, "s", "done"))).ShouldNotBeNull(id);
                record.Fence.ShouldBe(fence, id);
                if (said.ContainsKey("done"))
                    record.ResultJson.ShouldBe($"\"{id}\"");
            }

            if (said.TryGetValue("begun", out fence))
            {
                var record = (await operations.GetAsync(IdempotencyKey.Create(id, "s", "failed"))).ShouldNotBeNull(id);
                record.Fence.ShouldBe(fence, id);
                if (said.ContainsKey("failed"))
                    record.Failure.ShouldNotBeNull(id).Message.ShouldBe(id);
            }

            if (said.TryGetValue("checkpoint", out var version))
                (await checkpoints.GetAsync(id)).ShouldNotBeNull(id).Version.ShouldBeGreaterThanOrEqualTo(version);
            if (said.TryGetValue("saved", out version))
                (await checkpoints.GetAsync(id)).ShouldNotBeNull(id).Version.ShouldBe(version, id);
        }
    }
}
