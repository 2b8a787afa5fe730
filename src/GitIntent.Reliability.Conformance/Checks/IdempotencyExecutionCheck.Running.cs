using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>Operations that are run by the store.</content>
internal static partial class IdempotencyExecutionCheck
{
    private static async Task RunsOnce(Scene s)
    {
        var actors = new[] { await s.RecordsAsync("A"), await s.RecordsAsync("B"), await s.RecordsAsync("C"), await s.RecordsAsync("D") };
        var executions = 0;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new IdempotencyOptions { WhenInFlight = InFlight.Wait };
        var running = actors.Select(a => RunAsync(s, a, async () =>
        {
            await go.Task;
            return Interlocked.Increment(ref executions);
        }, options)).ToArray();
        go.SetResult();
        // A store that tells of no outcome is asked again after the retry interval.
        var all = Task.WhenAll(running);
        for (var i = 0; i < 50 && !all.IsCompleted; i++)
        {
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, s.Stop));
            if (!all.IsCompleted)
                s.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        s.Holds(all.IsCompleted, "A caller still waits for an operation that completed.");
        s.Same(string.Join(" ", await all), "1 1 1 1", "The results of the callers");
        s.Same(executions, 1, "How often the operation ran");
    }

    private static async Task CancelledNotKept(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        try
        {
            await RunAsync(s, a, static () => throw new OperationCanceledException("enough"));
            s.Holds(false, "The cancellation did not reach the caller.");
        }
        catch (OperationCanceledException)
        {
        }

        s.Same(await b.GetAsync(s_key), null, "The record of the cancelled operation");
        s.Same(await RunAsync(s, b, static () => Task.FromResult(2)), 2, "The result of the operation that was begun again");
    }

    private static async Task FailureReplayed(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        await ThrownAsync(a, static () => throw new ApprovalRequiredException("ask first", ApprovalType.HighRisk, "deploy", "production"));
        var ran = false;
        var again = await ThrownAsync(b, () =>
        {
            ran = true;
            return Task.FromResult(1);
        });
        s.Holds(!ran, "The operation ran again although it failed for good.");
        s.Same((again?.RequiredApprovalType, again?.ToolName, again?.ApprovalScope, again?.Message), (ApprovalType.HighRisk, "deploy", "production", "ask first"), "What was thrown again");

        async Task<ApprovalRequiredException?> ThrownAsync(RecordActor actor, Func<Task<int>> body)
        {
            try
            {
                await RunAsync(s, actor, body);
                return null;
            }
            catch (ApprovalRequiredException e)
            {
                return e;
            }
        }
    }

    private static async Task<int> RunAsync(Scene s, RecordActor actor, Func<Task<int>> body, IdempotencyOptions? options = null) =>
        (await s.History.CallAsync(actor.Name, $"run {RecordActor.Short(s_key)}", () => actor.Store.WithIdempotencyAsync(s_key, KitJson.Default.Int32, (_, _) => body(), options, s.Stop), static n => Show.Value(n), s.Limit)).Value;

    private static async Task ProcessesShare(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        var mine = await a.StartAsync(s_key);
        s.Same((await b.InTheWayAsync(s_key, "which A executes in another process")).Fence, mine.Fence, "The fence of the record in the way");
        s.Holds(await b.CompleteAsync(mine, "1", null, mine.OwnerToken), "The second process could not complete by A's token.");
        s.Same((await a.GetAsync(s_key))?.ResultJson, "1", "The result that the other process recorded");
    }
}
