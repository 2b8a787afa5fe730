using GitIntent.Reliability.Conformance.Linearizability;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Operations run once.</summary>
internal static partial class IdempotencyExecutionCheck
{
    private static readonly IdempotencyKey s_key = IdempotencyKey.Create("run-1", "step-1", "charge");
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);
    private static readonly Exception s_permanent = new PolicyDeniedException("not on Fridays", "FRIDAY", "deploy");
    private static readonly Exception s_transient = new RetryableException("slow", ErrorCode.Timeout);

    public static ConformanceCheck Check { get; } = new("idempotency-execution", "Idempotency execution",
    [
        new("first-begins", "Who begins first is the executor; the record says pending, since when, and until when it may take.", First),
        new("second-waits", "While an operation is under way nobody else begins it; the record in the way is the executor's.", Second),
        new("one-executor", "Of callers that begin at the same time, in one process or in several, exactly one executes.", OneExecutor),
        new("one-executor-of-threads", "Of threads that begin at the same moment, exactly one executes.", OneExecutorOfThreads),
        new("repeated-begin", "A begin that is repeated by the same owner is no conflict: it is the same execution, whose time goes on as it was.", Repeated),
        new("result-kept", "A completed operation is not begun again; its result is given out as it was recorded.", ResultKept),
        new("executor-only", "Only the executor, by its owner token and its fence, may complete, fail, renew or delete.", ExecutorOnly),
        new("settled-once", "An outcome is final: a second one is refused, and the same one again is no error.", SettledOnce),
        new("permanent-kept", "A permanent failure is kept and replayed with its type, code and retryability intact; it is not run again.", PermanentKept),
        new("transient-reruns", "After a transient failure the operation runs again, with a greater fence and a record of its own; the earlier executor has no say any more.", TransientReruns),
        new("policy-decides", "ReplayAll replays transient failures too; RunAgain runs again after permanent ones.", Policies),
        new("failure-advice-kept", "A kept failure keeps its advice: when to try again, and how often.", AdviceKept),
        new("token-of-several-operations", "One owner token may execute several operations, each by itself.", TokenOfSeveral),
        new("processes-share-records", "Stores on the same data see each other's records, as processes do.", ProcessesShare),
        new("runs-once", "Callers at the same time that wait for the outcome all get the one result of the one execution.", RunsOnce),
        new("cancelled-not-kept", "A cancelled operation is not kept: it may be begun again at once.", CancelledNotKept),
        new("failure-replayed", "What a failed operation threw is thrown again to who repeats it, with its type and fields.", FailureReplayed),
    ]);

    private static async Task First(Scene s)
    {
        var a = await s.RecordsAsync("A");
        s.Same(await a.GetAsync(s_key), null, "The record before anything was begun");
        var mine = await a.StartAsync(s_key, new IdempotencyOptions { InProgressTimeout = TimeSpan.FromSeconds(90) });
        var record = await a.GetAsync(s_key);
        s.Same((record?.Status, record?.Fence, record?.ResultJson, record?.CompletedAt), (IdempotencyStatus.Pending, mine.Fence, null, null), "The record");
        s.Lasts(record!.ExpiresAt - record.CreatedAt, TimeSpan.FromSeconds(90), "The time in progress");
        s.Holds(mine.Fence > 0, "The fence is not positive.");
        if (ReferenceEquals(s.Time, s.Clock))
            s.Same(record.CreatedAt, s.Now, "The time when it was begun");
    }

    private static async Task Second(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        var before = await a.GetAsync(s_key);
        s.Pass(TimeSpan.FromSeconds(10));
        s.Same(await b.InTheWayAsync(s_key, "which A executes"), before, "The record in the way");
        s.Same(await a.GetAsync(s_key), before, "The record after B was refused");
        s.Holds(await a.CompleteAsync(mine, "1"), "A could not complete after B was refused.");
    }

    private static async Task OneExecutor(Scene s)
    {
        for (var round = 0; round < s.Rounds(12); round++)
        {
            var processes = round % 2 == 0 ? 1 : 3;
            var key = IdempotencyKey.Create("run-1", "step-1", $"charge-{round}");
            var actors = new List<RecordActor>();
            for (var i = 0; i < 9; i++)
                actors.Add(await s.RecordsAsync($"{(char)('A' + i)}", $"{1 + (i % processes)}"));
            var attempts = await Task.WhenAll(actors.Select(a => a.BeginAsync(key)));
            var started = attempts.Count(static a => a.Started);
            s.Holds(started == 1, $"{started} of {attempts.Length} callers in {processes} process(es) execute.");
            s.Holds(attempts.Select(static a => a.Record.Fence).Distinct().Count() == 1, "A caller that does not execute was told of another execution.");
        }

        await Interruption.EachAsync(s, async place =>
        {
            s.Fresh();
            var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
            var key = IdempotencyKey.Create("run-1", "step-1", $"between-{place}");
            var started = new bool[2];
            return (s.Clock, async () => started[0] = (await a.BeginAsync(key)).Started, async () => started[1] = (await b.BeginAsync(key)).Started, () =>
            {
                s.Holds(started[0] != started[1], $"{(started[0] ? 2 : 0)} of 2 callers execute.");
                return Task.CompletedTask;
            }
            );
        });
    }

    private static async Task OneExecutorOfThreads(Scene s)
    {
        var stores = new[] { (await s.RecordsAsync("")).Store, (await s.RecordsAsync("", "2")).Store };
        var rounds = await Threads.RoundsAsync(stores.Length, s.Rounds(60), (caller, round) =>
            stores[caller].BeginAsync(IdempotencyKey.Create("run-1", "step-1", $"op-{round}"), null, s.Stop).AsTask().GetAwaiter().GetResult().Started, s.Limit);
        for (var round = 0; round < rounds.Count; round++)
            s.Same(rounds[round].Count(static yes => yes), 1, $"How many of {stores.Length} threads execute op-{round}");
    }

    private static async Task Repeated(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var options = new IdempotencyOptions { OwnerToken = OwnerToken.Create() };
        var first = await a.StartAsync(s_key, options);
        var before = await b.GetAsync(s_key);
        s.Pass(TimeSpan.FromSeconds(10));
        var again = await a.BeginAsync(s_key, options);
        s.Holds(again.Started, "The executor's own repeated begin was refused.");
        s.Same(again.Record.Fence, first.Fence, "The fence of the repeated begin");
        s.Same(await b.GetAsync(s_key), before, "The record after the repeated begin");
        await b.InTheWayAsync(s_key, "which A executes");
        s.Holds(await a.CompleteAsync(first, "1"), "A could not complete.");
        s.Holds(!(await a.BeginAsync(s_key, options)).Started, "The executor's begin after it completed starts the operation again.");
    }

    private static async Task ResultKept(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        foreach (var json in new[] { """{"b":[1,2.50,{"ü":null}],"a":"\u0000 \\ \" 🔒"}""", "null", "false", "0", "\"\"" })
        {
            var key = IdempotencyKey.Create("run-1", "step-1", "op " + json[0]);
            var mine = await a.StartAsync(key);
            s.Pass(TimeSpan.FromSeconds(1));
            s.Holds(await a.CompleteAsync(mine, json, TimeSpan.FromHours(1)), "The executor could not complete.");
            var record = await b.InTheWayAsync(key, "which A completed");
            s.Same((record.Status, record.ResultJson, record.Fence, record.Failure), (IdempotencyStatus.Completed, json, mine.Fence, null), "The record of the completed operation");
            s.Lasts(record.ExpiresAt - record.CompletedAt, TimeSpan.FromHours(1), "How long the result is kept");
            if (s.IsVirtual)
                s.Same((record.CreatedAt, record.CompletedAt), (s.Now.AddSeconds(-1), s.Now), "When it was begun, and when it completed");
            s.Same((await b.GetAsync(key))?.ResultJson, json, "The result");
        }
    }

    private static async Task ExecutorOnly(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        var other = await b.StartAsync(IdempotencyKey.Create("run-1", "step-1", "refund"));
        var before = await a.GetAsync(s_key);
        foreach (var (owner, fence) in new[] { (OwnerToken.Create(), mine.Fence), (other.OwnerToken, mine.Fence), (other.OwnerToken, other.Fence), (mine.OwnerToken, mine.Fence + 1), (mine.OwnerToken, mine.Fence - 1) })
        {
            OwnerToken? token = owner == mine.OwnerToken ? null : owner;
            s.Holds(!await b.CompleteAsync(mine, "1", null, token, fence), "Somebody else than the executor completed the operation.");
            s.Holds(!await b.FailAsync(mine, s_permanent, null, token, fence), "Somebody else than the executor failed the operation.");
            s.Holds(!await b.RenewAsync(mine, 600, token, fence), "Somebody else than the executor renewed the operation.");
            s.Holds(!await b.DeleteAsync(mine, token, fence), "Somebody else than the executor deleted the operation.");
        }

        s.Same(await a.GetAsync(s_key), before, "The record");
    }

    private static async Task SettledOnce(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var mine = await a.StartAsync(s_key);
        await a.CompleteAsync(mine, "1", TimeSpan.FromHours(1));
        var before = await a.GetAsync(s_key);
        s.Holds(!await a.CompleteAsync(mine, "2", TimeSpan.FromHours(2)), "A second result was recorded.");
        s.Holds(!await a.FailAsync(mine, s_permanent), "A completed operation was failed.");
        s.Holds(!await a.RenewAsync(mine, 600), "A completed operation was renewed.");
        s.Holds(await a.CompleteAsync(mine, "1", TimeSpan.FromHours(1)), "The same result again was refused.");
        s.Same(await a.GetAsync(s_key), before, "The record");
        var failed = await a.StartAsync(IdempotencyKey.Create("run-1", "step-1", "refund"));
        await a.FailAsync(failed, s_permanent);
        s.Holds(!await a.CompleteAsync(failed, "1"), "A failed operation was completed.");
        s.Holds(!await a.FailAsync(failed, s_transient), "A second, different failure was recorded.");
        s.Holds(await a.FailAsync(failed, s_permanent), "The same failure again was refused.");
    }

    private static async Task PermanentKept(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(s_key);
        s.Holds(await a.FailAsync(mine, s_permanent, TimeSpan.FromHours(1)), "The executor could not record a failure.");
        var record = await b.InTheWayAsync(s_key, "which failed for good");
        s.Same((record.Status, record.ResultJson, record.Fence), (IdempotencyStatus.Failed, null, mine.Fence), "The record of the failed operation");
        s.Same((record.Failure?.Type, record.Failure?.Code, record.Failure?.Retryable, record.Failure?.Message), ("PolicyDeniedException", "POLICY_DENIED", false, "not on Fridays"), "The failure");
        s.Same((record.Failure!.ToException() as PolicyDeniedException)?.PolicyReasonCode, "FRIDAY", "The reason code of the failure");
        s.Lasts(record.ExpiresAt - record.CompletedAt, TimeSpan.FromHours(1), "How long the failure is kept");
        var tells = new NonRetryableException($"not found: {new string('x', 3000)} é", ErrorCode.NotFound);
        var other = await a.StartAsync(IdempotencyKey.Create("run-1", "step-1", "a long story"));
        s.Holds(await a.FailAsync(other, tells), "The executor could not record a failure with a long message.");
        s.Same((await b.GetAsync(other.Key))?.Failure?.ToJson(), FailureInfo.From(tells).ToJson(), "The failure with a long message");
    }

    private static async Task TransientReruns(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var old = await a.StartAsync(s_key);
        s.Holds(await a.FailAsync(old, s_transient), "The executor could not record a failure.");
        s.Same((await b.GetAsync(s_key))?.Failure?.Code, "TIMEOUT", "The code of the failure");
        s.Pass(TimeSpan.FromSeconds(1));
        var next = await b.StartAsync(s_key);
        s.Holds(next.Fence > old.Fence, $"The fence {next.Fence} of the second execution is not greater than {old.Fence}.");
        var record = await b.GetAsync(s_key);
        if (s.IsVirtual)
            s.Same(record?.CreatedAt, s.Now, "When the second execution was begun");
        s.Same((record?.Status, record?.ResultJson, record?.Failure, record?.CompletedAt), (IdempotencyStatus.Pending, null, null, null), "Status, result, failure and end of the second execution");
        s.Holds(!await a.CompleteAsync(old, "1"), "The earlier executor completed the second execution.");
        s.Holds(await b.CompleteAsync(next, "2"), "The second executor could not complete.");
        foreach (var code in new[] { ErrorCode.RateLimited, ErrorCode.NetworkError, ErrorCode.ServiceUnavailable, ErrorCode.UpstreamError })
        {
            var key = IdempotencyKey.Create("run-1", "step-1", $"{code}");
            s.Holds(await a.FailAsync(await a.StartAsync(key), new RetryableException("later", code)), "The executor could not record a failure.");
            await b.StartAsync(key);
        }
    }

    private static async Task AdviceKept(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var advice = new ErrorDetails { RetryAfter = TimeSpan.FromMilliseconds(1234), MaxRetries = 7 };
        s.Holds(await a.FailAsync(await a.StartAsync(s_key), new RetryableException("slow down", ErrorCode.RateLimited, null, advice)), "The executor could not record a failure.");
        var kept = (await b.GetAsync(s_key))?.Failure;
        s.Same((kept?.RetryAfterMs, kept?.MaxRetries), (1234d, 7), "When to try again, and how often");
        var again = kept!.ToException();
        s.Same((again.Code, again.RetryAfter, again.MaxRetries), (ErrorCode.RateLimited, advice.RetryAfter, advice.MaxRetries), "Code and advice of what is thrown again");
    }

    private static async Task TokenOfSeveral(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var options = new IdempotencyOptions { OwnerToken = OwnerToken.Create() };
        var refund = IdempotencyKey.Create("run-1", "step-1", "refund");
        var (one, two) = (await a.StartAsync(s_key, options), await a.StartAsync(refund, options));
        s.Holds(two.Fence > one.Fence, $"The fence {two.Fence} of the second execution is not greater than {one.Fence}.");
        s.Holds(await a.CompleteAsync(one, "1"), "The executor could not complete.");
        s.Same((await a.GetAsync(refund))?.Status, IdempotencyStatus.Pending, "The status of the other operation of the same token");
        s.Holds(await a.DeleteAsync(two), "The executor could not delete its record.");
        s.Same((await a.GetAsync(s_key))?.ResultJson, "1", "The result of the first operation after the other was deleted by the same token");
    }

    private static async Task Policies(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        await a.FailAsync(await a.StartAsync(s_key), s_transient);
        await b.InTheWayAsync(s_key, "although the policy is to replay all failures", new IdempotencyOptions { FailurePolicy = FailurePolicy.ReplayAll });
        var again = await b.StartAsync(s_key, new IdempotencyOptions { FailurePolicy = FailurePolicy.RunAgain });
        await b.FailAsync(again, s_permanent);
        await a.InTheWayAsync(s_key, "which failed for good");
        var third = await a.StartAsync(s_key, new IdempotencyOptions { FailurePolicy = FailurePolicy.RunAgain });
        await a.CompleteAsync(third, "1");
        await b.InTheWayAsync(s_key, "which completed", new IdempotencyOptions { FailurePolicy = FailurePolicy.RunAgain });
    }
}
