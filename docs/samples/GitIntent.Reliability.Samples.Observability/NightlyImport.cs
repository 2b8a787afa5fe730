using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Samples;

/// <summary>The work that is observed: a run under its lock, with steps that happen once, and a checkpoint after each.</summary>
internal static class NightlyImport
{
    public const string RunId = "import-42";
    public const string Tenant = "acme";

    public static async Task RunAsync(ILoggerFactory logging)
    {
        var store = new MemoryStore();
        var options = new ReliabilityOptions { LoggerFactory = logging, Tenant = Tenant };
        var locks = new MemoryRunLockManager(store, options);
        var operations = new MemoryIdempotencyStore(store, options);
        var checkpoints = new MemoryCheckpointManager(store, options);
        var logger = logging.CreateLogger("import");
        RunStep[] steps = [new() { Id = "load", Name = "load" }, new() { Id = "publish", Name = "publish" }];

        using var context = RunContext.Begin(RunId, Tenant);
        await using var held = await locks.AcquireAsync(RunId);
        if (await locks.TryAcquireAsync(RunId) is { Acquired: false } refused)
            logger.LogWarning("{Error}", refused.Error);

        RunCheckpoint? last = null;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            using var inStep = RunContext.Begin(stepId: step.Id);
            var key = IdempotencyKey.Create(RunId, step.Id, "once");
            // The second time finds the first one's result.
            for (var time = 0; time < 2; time++)
                await logger.TimeAsync(step.Name, async () => await operations.WithIdempotencyAsync(key, SampleJson.Default.Int32, (_, _) => Task.FromResult(i)));
            steps[i] = step with { Status = StepStatus.Completed };
            last = await checkpoints.CreateAsync(new RunState { RunId = RunId, Tenant = Tenant, Status = RunStatus.Running, Revision = i + 1, Steps = [.. steps] }, previous: last);
        }

        logger.LogInformation("Checkpoint {Version} is the last", last!.Version);
    }
}
