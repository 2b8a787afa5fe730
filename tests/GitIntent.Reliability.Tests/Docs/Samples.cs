using System.Text.Json;
using System.Text.Json.Serialization;
using GitIntent.Reliability.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Tests.Docs;

/// <summary>The code of docs/reliability.md, run. What the page shows has to stand here, line by line.</summary>
public sealed partial class Samples : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Quick_start()
    {
        var path = Path.Combine(_folder, "state.db");
        var deployed = 0;
        Task DeployAsync(long fence, CancellationToken token)
        {
            deployed++;
            return Task.CompletedTask;
        }

        var services = new ServiceCollection();
        services.AddReliability($"sqlite:{path}", r => r.AddSqlite());
        await using var provider = services.BuildServiceProvider();

        var locks = provider.GetRequiredService<RunLockManager>();
        await locks.WithLockAsync("deploy-42", async (held, token) =>
        {
            await DeployAsync(held.Fence, token); // the token fires when the lock is lost
        }, new RunLockOptions { Ttl = TimeSpan.FromMinutes(1), WaitTimeout = TimeSpan.FromSeconds(30) });

        deployed.ShouldBe(1);
        (await locks.GetLockAsync("deploy-42")).ShouldBeNull();
    }

    [Fact]
    public async Task Locks()
    {
        var locks = new MemoryRunLockManager();

        await using var held = await locks.AcquireAsync("run-1", new RunLockOptions
        {
            Ttl = TimeSpan.FromSeconds(60),
            AutoRenewCap = TimeSpan.FromHours(1), // renewed every 20 s, for an hour at most
            Reason = "nightly import",
        });

        var attempt = await locks.TryAcquireAsync("run-1");
        if (!attempt.Acquired)
            Console.WriteLine(attempt.Error); // Run run-1 is locked by holder-… until …

        attempt.Existing!.Reason.ShouldBe("nightly import");
    }

    [Fact]
    public async Task Guard()
    {
        await using var store = SqliteStore.Open(Path.Combine(_folder, "locks.db"));
        var held = await new SqliteRunLockManager(store).AcquireAsync("run-1");
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "orders.db")};Pooling=False");
        connection.Open();

        using var transaction = connection.BeginTransaction();
        SqliteLockGuard.Pass(connection, transaction, "orders", held.Fence); // throws LockLostException for an older fence
        // … write …
        transaction.Commit();
    }

    [Fact]
    public async Task Idempotency()
    {
        var store = new MemoryIdempotencyStore();
        var charges = 0;
        Task<Receipt> ChargeAsync(Payment payment, CancellationToken token) => Task.FromResult(new Receipt($"r{++charges}"));
        var payment = new Payment("order-7", 995);

        var key = IdempotencyKey.Create("run-1", "pay", "charge", payment, Shop.Default.Payment);
        var receipt = await store.WithIdempotencyAsync(key, Shop.Default.Receipt, (_, token) => ChargeAsync(payment, token));
        var again = await store.WithIdempotencyAsync(key, Shop.Default.Receipt, (_, token) => ChargeAsync(payment, token));

        again.ShouldBe(receipt);
        charges.ShouldBe(1);
    }

    [Fact]
    public async Task Resume()
    {
        var checkpoints = new MemoryCheckpointManager();
        RunStep[] steps = [new() { Id = "1", Name = "plan" }, new() { Id = "2", Name = "write" }, new() { Id = "3", Name = "review" }];
        using var output = JsonDocument.Parse("""{"files":["a.cs"]}""");
        RunStep[] done = [steps[0] with { Status = StepStatus.Completed, Output = output.RootElement }, .. steps[1..]];

        var run = new RunState { RunId = "run-1", Status = RunStatus.Running, Revision = 1, Steps = done };
        await checkpoints.CreateAsync(run);

        // … in another process, after the crash …
        var fresh = new RunState { RunId = "run-1", Status = RunStatus.Running, Steps = steps };
        var resume = ResumeAnalyzer.Instance.Analyze(fresh, await checkpoints.GetAsync("run-1"));
        Console.WriteLine($"{resume.StartStepName} with {resume.Artifacts["1"]}"); // write with {"files":["a.cs"]}

        resume.StartIndex.ShouldBe(1);
    }

    [Fact]
    public void ErrorsSample()
    {
        var app = (Action)(() => throw new GwiTimeoutException("The index was not built in time.", TimeSpan.FromSeconds(30), "index"));
        var exit = 0;
        try
        {
            app();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(ErrorTaxonomy.ToAuditEvent(e).ToJson());
            exit = ErrorTaxonomy.ToExitCode(e);
        }

        exit.ShouldBe(11);
    }

    [Fact]
    public async Task Observability()
    {
        var output = new StringWriter();

        using var logging = LoggerFactory.Create(b => b.AddProvider(new JsonLinesLoggerProvider(output)));
        var logger = logging.CreateLogger("import");
        using (RunContext.Begin("run-1", tenant: "acme", stepId: "load"))
            await logger.TimeAsync("load", () => Task.CompletedTask);

        output.ToString().ShouldContain("\"runId\":\"run-1\"");
    }

    [Fact]
    public void The_page_shows_only_code_that_runs_here()
    {
        var page = File.ReadAllText(RepositoryFile("docs/reliability.md")).ReplaceLineEndings("\n");
        var code = Squeeze(File.ReadAllText(RepositoryFile("tests/GitIntent.Reliability.Tests/Docs/Samples.cs")) + File.ReadAllText(RepositoryFile("tests/GitIntent.Reliability.Tests/Errors/PollyAdapter.cs")));
        var blocks = page.Split("```csharp\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        blocks.Count.ShouldBeGreaterThan(5);
        foreach (var block in blocks)
            code.ShouldContain(Squeeze(block));
    }

    private static string Squeeze(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));

    internal static string RepositoryFile(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path);

    internal sealed record Payment(string Order, int Cents);

    internal sealed record Receipt(string Id);

    [JsonSerializable(typeof(Payment))]
    [JsonSerializable(typeof(Receipt))]
    internal sealed partial class Shop : JsonSerializerContext;
}
