using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>What is kept, and what is seen of it.</content>
internal static partial class IdempotencyLifecycle
{
    private static async Task TakenOver(Scene s)
    {
        var (a, b, c) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"), await s.RecordsAsync("C"));
        var old = await a.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(10) });
        s.Advance(TimeSpan.FromSeconds(15));
        var next = await b.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(30) });
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} of the second executor is not greater than {old.Fence}.");
        var record = await c.GetAsync(s_key);
        s.Same((record?.CreatedAt, record?.ExpiresAt, record?.Status), (s.Now, s.Now + TimeSpan.FromSeconds(30), IdempotencyStatus.Pending), "Begin, end and status of the second execution");
        s.Holds(!await a.CompleteAsync(old, "1"), "The executor that was taken over completed.");
        s.Holds(!await a.CompleteAsync(old, "1", null, null, next.Fence), "The executor that was taken over completed by the other's fence.");
        s.Holds(!await a.CompleteAsync(old, "1", null, next.OwnerToken, old.Fence), "The outcome was recorded by the fence of the executor that was taken over.");
        s.Advance(TimeSpan.FromSeconds(30) - s_last);
        s.Holds(await b.CompleteAsync(next, "2"), "The second executor could not complete a millisecond before its time was over.");
        s.Same((await c.InTheWayAsync(s_key, "which B completed")).ResultJson, "2", "The result");
    }

    private static async Task BegunAnew(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var options = new IdempotencyOptions { OwnerToken = OwnerToken.Create(), InProgressTimeout = TimeSpan.FromSeconds(10) };
        var old = await a.StartAsync(s_key, options);
        s.Advance(TimeSpan.FromSeconds(10));
        var next = await a.StartAsync(s_key, options);
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} of the second execution is not greater than {old.Fence}.");
        s.Same((await b.GetAsync(s_key))?.CreatedAt, s.Now, "When the second execution was begun");
        s.Holds(!await a.CompleteAsync(old, "1"), "An outcome was recorded by the fence of the execution whose time is over.");
        s.Holds(await a.CompleteAsync(next, "2"), "The second execution could not complete.");
    }

    private static async Task AgreeOnExpiry(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var keys = new List<IdempotencyKey>();
        for (var i = 1; i <= 6; i++)
        {
            var key = IdempotencyKey.Create("run-1", "step-1", $"op-{i}");
            var mine = await a.StartAsync(key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(i * 10) });
            if (i % 3 == 1)
                await a.CompleteAsync(mine, "1", TimeSpan.FromSeconds(i * 10));
            else if (i % 3 == 2)
                await a.FailAsync(mine, s_permanent, TimeSpan.FromSeconds(i * 10));
            keys.Add(key);
        }

        var left = 6;
        for (var i = 1; i <= 6; i++)
        {
            s.Advance(TimeSpan.FromSeconds(10) - s_last);
            await AgreeAsync();
            s.Advance(s_last);
            left--;
            await AgreeAsync();
            // A store may remove what it finds to have expired; then there is less to clean up.
            if (i % 2 == 0)
                s.Holds(await b.CleanupAsync() is >= 0 and <= 2, "More records were removed than had expired.");
            await AgreeAsync();
        }

        for (var i = 1; i <= 3; i++)
        {
            var mine = await a.StartAsync(IdempotencyKey.Create("run-2", "step-1", $"op-{i}"), new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(10) });
            if (i == 1)
                await a.CompleteAsync(mine, "1", TimeSpan.FromSeconds(10));
            else if (i == 2)
                await a.FailAsync(mine, s_permanent, TimeSpan.FromSeconds(10));
        }

        s.Advance(TimeSpan.FromSeconds(10) - s_last);
        s.Same(await b.CleanupAsync(), 0, "How many records were removed a millisecond before they expired");
        s.Advance(s_last);
        s.Same(await b.CleanupAsync(), 3, "How many expired records were removed that nobody has looked at since");

        async Task AgreeAsync()
        {
            var found = 0;
            foreach (var key in keys)
                found += await b.GetAsync(key) is null ? 0 : 1;
            s.Same(found, left, "How many records can be looked up");
            s.Same((await b.ListAsync("run-1")).Count, left, "How many records are listed");
        }
    }

    private static async Task CheckTells(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var (pending, done, failed, transient) = (Key("pending"), Key("done"), Key("failed"), Key("transient"));
        await IsAsync(done, false, "an operation that was never begun");
        await a.StartAsync(pending);
        await a.CompleteAsync(await a.StartAsync(done), "null");
        await a.FailAsync(await a.StartAsync(failed), s_permanent);
        await a.FailAsync(await a.StartAsync(transient), s_transient);
        await IsAsync(pending, false, "an operation under way");
        s.Same((await IsAsync(done, true, "a completed operation")).ResultJson, "null", "The result");
        s.Same((await IsAsync(failed, true, "an operation that failed for good")).Error?.Code, "POLICY_DENIED", "The code of the failure");
        await IsAsync(transient, false, "an operation that failed for now");
        try
        {
            await b.Store.CheckAsync(IdempotencyKey.Create("run-1", "step-1", "done", Runs.Json("2")), s.Stop);
            s.Holds(false, "An operation with another input was taken for the one that completed.");
        }
        catch (IdempotencyConflictException e)
        {
            s.Same(e.Conflict, IdempotencyConflict.InputMismatch, "Why the check was refused");
        }

        if (!s.IsVirtual)
            return;
        s.Advance(TimeSpan.FromHours(25));
        await IsAsync(done, false, "an operation whose result has expired");

        static IdempotencyKey Key(string operation) => IdempotencyKey.Create("run-1", "step-1", operation);

        async Task<IdempotencyCheck> IsAsync(IdempotencyKey key, bool skip, string what)
        {
            var check = (await s.History.CallAsync("B", $"check {RecordActor.Short(key)}", () => b.Store.CheckAsync(key, s.Stop).AsTask(), static c => c.Skip ? $"skip, {Show.Record(c.Record)}" : "do not skip", s.Limit)).Value;
            s.Same(check.Skip, skip, $"Whether {what} is skipped");
            return check;
        }
    }

    private static async Task ValuesAreCopies(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        var fields = new Dictionary<string, string> { ["policyReasonCode"] = "FRIDAY" };
        var failure = FailureInfo.From(s_permanent) with { Fields = fields };
        s.Holds(await a.Store.FailAsync(mine.Key, mine.OwnerToken, mine.Fence, failure, null, s.Stop), "The executor could not record a failure.");
        s.History.Note("A", "fail with reason FRIDAY, and change the fields to MONDAY afterwards");
        fields["policyReasonCode"] = "MONDAY";
        var seen = await b.GetAsync(s_key);
        s.Same(Reason(seen), "FRIDAY", "The reason after A changed what it had handed in");
        Try(() => (seen?.Failure?.Fields as IDictionary<string, string>)?.Clear());
        s.Same(Reason(await b.GetAsync(s_key)), "FRIDAY", "The reason after B changed what it was given");
        var list = await b.ListAsync("run-1");
        Try(() => (list as IList<IdempotencyRecord>)?.Clear());
        var next = await b.ListAsync("run-1");
        s.Same(next.Count, 1, "How many records are listed after a list was emptied");
        await b.ForceDeleteAsync(s_key);
        await b.ListAsync("run-1");
        s.Same(next.Count, 1, "How many records are in a list from before the record was deleted");

        static string? Reason(IdempotencyRecord? record) => record?.Failure?.Fields.GetValueOrDefault("policyReasonCode");

        static void Try(Action change)
        {
            try
            {
                change();
            }
            catch (NotSupportedException)
            {
            }
        }
    }

    private static async Task AnyShape(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        string[] results =
        [
            $"[{string.Join(",", Enumerable.Range(0, 30_000))}]", string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)), "\"\\u0000'; DROP TABLE records; --\"",
            "  { \"b\" : 1e2 , \"a\" : -0.0 }  ", "9007199254740993", "\"\uD83D\uDD12 é e\u0301\"", "true", "{}", "null",
        ];
        for (var i = 0; i < results.Length; i++)
        {
            var key = IdempotencyKey.Create("run-1", "step-1", $"op-{i}");
            var mine = await a.StartAsync(key);
            s.Holds(await a.Store.CompleteAsync(key, mine.OwnerToken, mine.Fence, results[i], null, s.Stop), "The executor could not complete.");
            var record = await b.Store.GetAsync(key, s.Stop);
            var shown = results[i].Length > 40 ? results[i][..40] + "…" : results[i];
            s.History.Note("A", $"complete op-{i} with {shown}");
            s.Holds(record is { Status: IdempotencyStatus.Completed } && record.ResultJson == results[i], $"The result {shown} is not given out as it was recorded.");
        }
    }
}
