using GitIntent.Reliability.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GitIntent.Reliability.Tests.Stores;

public sealed class DependencyInjection : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task The_memory_store_needs_one_line()
    {
        await using var services = new ServiceCollection().AddReliability("memory:?tenant=acme").BuildServiceProvider();
        var locks = services.GetRequiredService<RunLockManager>();
        locks.Tenant.ShouldBe("acme");
        await using var held = await locks.AcquireAsync("run");
        services.GetRequiredService<RunLockManager>().ShouldBeSameAs(locks);
        services.GetRequiredService<IdempotencyStore>().Tenant.ShouldBe("acme");
        services.GetRequiredService<CheckpointManager>().Tenant.ShouldBe("acme");
        services.GetRequiredService<IResumeAnalyzer>().ShouldNotBeNull();
        services.GetRequiredService<IErrorTaxonomy>().ShouldNotBeNull();
        services.GetRequiredService<MetricsRegistry>().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_store_in_a_package_is_registered_by_its_method_and_closed_with_the_container()
    {
        var path = Path.Combine(_folder, "state.db");
        var time = new ObservedTime(DateTimeOffset.UnixEpoch.AddYears(56));
        using (var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddReliability($"sqlite:{path}", r => r.AddSqlite()).BuildServiceProvider())
        {
            File.Exists(path).ShouldBeFalse();
            (await services.GetRequiredService<RunLockManager>().AcquireAsync("run")).Lock.AcquiredAt.ShouldBe(time.GetUtcNow());
            await services.GetRequiredService<CheckpointManager>().CreateAsync(Resume.Runs.Of("dp"));
        }

        File.Exists(path + "-wal").ShouldBeFalse("the container closed the file");
        await using var readOnly = new StoreRegistry().AddSqlite().Open($"sqlite:{path}?mode=ro");
        (await readOnly.Checkpoints.GetAsync("run")).ShouldNotBeNull();
        await Should.ThrowAsync<SqliteStoreException>(async () => await readOnly.Locks.AcquireAsync("other"));
    }

    [Theory]
    [InlineData("sqlite:a.db", "GitIntent.Reliability.Sqlite", "AddSqlite()")]
    [InlineData("redis://u:hunter2@h", "GitIntent.Reliability.Redis", "AddRedis()")]
    [InlineData("postgres://h/db", "GitIntent.Reliability.PostgreSql", "AddPostgreSql()")]
    [InlineData("firestore://p", "GitIntent.Reliability.Firestore", "AddFirestore()")]
    [InlineData("assembly:a.dll", "assembly", "target")]
    public void A_scheme_that_nothing_serves_names_the_package_at_once(string uri, string package, string call)
    {
        var e = Should.Throw<GwiException>(() => new ServiceCollection().AddReliability(uri));
        e.Code.ShouldBe(ErrorCode.ConfigurationError);
        e.Message.ShouldContain(package);
        e.Message.ShouldContain(call);
        e.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_wrong_URI_is_refused_at_once() => Should.Throw<GwiValidationException>(() => new ServiceCollection().AddReliability("sqlite"));
}
