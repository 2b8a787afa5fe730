using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>How long records are kept, and who sees them.</content>
internal static partial class IdempotencyLifecycle
{
    private static async Task ResultExpires(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(10));
        await a.CompleteAsync(mine, "1");
        s.Advance(TimeSpan.FromHours(24) - s_last);
        await b.InTheWayAsync(s_key, "whose result counts for another millisecond");
        s.Advance(s_last);
        s.Same(await b.GetAsync(s_key), null, "The record when its result has expired");
        var next = await b.StartAsync(s_key);
        s.Holds(next.Fence > mine.Fence, "The fence of the second execution is not greater than that of the first.");
        await b.FailAsync(next, s_permanent, TimeSpan.FromSeconds(5));
        s.Advance(TimeSpan.FromSeconds(5));
        await a.StartAsync(s_key);
    }

    private static async Task Deleted(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        s.Holds(!await a.ForceDeleteAsync(s_key), "A record that never was could be deleted.");
        var mine = await a.StartAsync(s_key);
        s.Holds(await a.DeleteAsync(mine), "The executor could not delete its record.");
        s.Holds(!await a.DeleteAsync(mine), "A record was deleted twice.");
        s.Same(await b.GetAsync(s_key), null, "The deleted record");
        s.Holds(!await a.CompleteAsync(mine, "1"), "The outcome of a deleted record was recorded.");
        var next = await b.StartAsync(s_key);
        s.Holds(next.Fence > mine.Fence, "The fence of the second execution is not greater than that of the deleted one.");
        s.Holds(await a.ForceDeleteAsync(s_key), "An operator could not delete the record.");
        s.Holds(!await b.CompleteAsync(next, "1"), "The outcome of a record that an operator deleted was recorded.");
        var third = await b.StartAsync(s_key);
        s.Advance(TimeSpan.FromSeconds(60));
        s.Holds(!await a.ForceDeleteAsync(s_key), "An expired record could be deleted.");
        s.Holds(!await b.DeleteAsync(third), "An executor deleted its expired record.");
    }

    private static async Task Listed(Scene s)
    {
        var a = await s.RecordsAsync("A");
        foreach (var (run, step, operation) in new[] { ("run-1", "b", "x"), ("run-1", "a", "y"), ("run-1", "a", "Z"), ("run-10", "a", "x"), ("run-1", "C", "x"), ("RUN-1", "a", "x") })
            await a.StartAsync(IdempotencyKey.Create(run, step, operation), new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(operation == "y" ? 10 : 60) });
        var failed = await a.StartAsync(IdempotencyKey.Create("run-1", "d", "x"));
        await a.FailAsync(failed, s_permanent);
        var done = await a.StartAsync(IdempotencyKey.Create("run-1", "e", "x"));
        await a.CompleteAsync(done, "1");
        var listed = await a.ListAsync("run-1");
        s.Same(Names(listed), "C/x a/Z a/y b/x d/x e/x", "The operations of run-1");
        foreach (var one in listed)
            s.Same(one, await a.GetAsync(IdempotencyKey.Create(one.RunId, one.StepId, one.Operation)), "A record in the list, and as it can be looked up");
        s.Advance(TimeSpan.FromSeconds(10));
        s.Same(Names(await a.ListAsync("run-1")), "C/x a/Z b/x d/x e/x", "The operations of run-1 after a/y expired");
        s.Same((await a.ListAsync("run-2")).Count, 0, "How many operations a run without any has");

        static string Names(IReadOnlyList<IdempotencyRecord> records) => string.Join(" ", records.Select(static r => $"{r.StepId}/{r.Operation}"));
    }

    private static async Task ListedComplete(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var count = s.IsDurable ? 40 : 1_200;
        var begun = await Task.WhenAll(Enumerable.Range(0, count).Select(i => a.Store.BeginAsync(IdempotencyKey.Create("run-1", "step-1", $"op-{i:0000}"), null, s.Stop).AsTask()));
        s.History.Note("A", $"begin {count} operations");
        s.Same(begun.Count(static x => x.Started), count, "How many operations were begun");
        var listed = (await a.Store.ListByRunAsync("run-1", s.Stop)).Select(static r => r.Operation).ToArray();
        s.History.Note("A", "list run-1", $"{listed.Length} records");
        s.Same(listed.Length, count, "How many operations are listed");
        s.Holds(listed.SequenceEqual(Enumerable.Range(0, count).Select(static i => $"op-{i:0000}")), "The list of many operations is not in order.");
        s.Holds(await a.CompleteAsync(begun[0].Execution!, "1"), "The first executor could not complete.");
    }

    private static async Task CleanedUp(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var executions = new List<IdempotencyExecution>();
        for (var i = 1; i <= 4; i++)
            executions.Add(await a.StartAsync(IdempotencyKey.Create($"run-{i}", "step-1", "op", i == 2 ? "acme" : null), new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(i * 10) }));
        s.Same(await a.CleanupAsync(), 0, "How many records were removed before any expired");
        s.Advance(TimeSpan.FromSeconds(20));
        s.Same(await a.CleanupAsync(), 2, "How many records were removed after two expired");
        s.Same(await a.CleanupAsync(), 0, "How many records were removed at the second time");
        s.Same((await a.GetAsync(executions[2].Key))?.Fence, executions[2].Fence, "The fence of a record that counts");
        s.Same(await a.GetAsync(executions[0].Key), null, "A record that was removed");
        s.Holds(await a.CompleteAsync(executions[3], "1"), "An executor could not complete after a clean-up.");
        s.Advance(TimeSpan.FromHours(23));
        s.Same(await a.CleanupAsync(), 1, "How many records were removed when one more has expired, and a result is to be kept for one more hour");
        s.Same((await a.GetAsync(executions[3].Key))?.ResultJson, "1", "The result that is to be kept");
    }
}
