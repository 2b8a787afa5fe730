using System.Buffers.Binary;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Bench;

/// <summary>How many transactions an operation costs, counted where SQLite writes them.</summary>
internal static class IdempotencyCounts
{
    private const int Operations = 50;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench");
        try
        {
            var path = Path.Combine(folder.FullName, "state.db");
            await using var store = SqliteStore.Open(path);
            var operations = new SqliteIdempotencyStore(store);
            var before = Commits(path);
            var runs = new IdempotencyExecution[Operations];
            for (var i = 0; i < Operations; i++)
                runs[i] = (await operations.BeginAsync(IdempotencyKey.Create("run", "step", $"operation-{i}"))).Execution!;
            var begun = Commits(path);
            foreach (var run in runs)
                await run.CompleteAsync("1");
            var completed = Commits(path);
            return
            [
                new("begin: transactions each", (begun - before) / (double)Operations, 1, $"{begun - before} commits for {Operations}"),
                new("complete: transactions each", (completed - begun) / (double)Operations, 1, $"{completed - begun} commits for {Operations}"),
            ];
        }
        finally
        {
            folder.Delete(true);
        }
    }

    /// <summary>A frame of the write-ahead log ends a transaction where its second word, the size of the database after it, is not zero (sqlite.org/fileformat2.html, 4.1).</summary>
    private static int Commits(string path)
    {
        using var file = new FileStream(path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[32];
        file.ReadExactly(header);
        var page = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        var salt = header[16..24];
        var frame = new byte[24 + page];
        var commits = 0;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length && frame.AsSpan(8, 8).SequenceEqual(salt))
            commits += BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) == 0 ? 0 : 1;
        return commits;
    }
}
