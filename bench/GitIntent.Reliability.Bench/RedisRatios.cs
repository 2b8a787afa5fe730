using Medallion.Threading.Redis;
using StackExchange.Redis;

namespace GitIntent.Reliability.Bench;

/// <summary>The peer on a server, where there is one: <c>ARV_BENCH_REDIS=127.0.0.1:6379</c>.</summary>
internal static class RedisRatios
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (Environment.GetEnvironmentVariable("ARV_BENCH_REDIS") is not { Length: > 0 } server)
            return [];
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server);
        var database = redis.GetDatabase();
        Func<int, int, Task>[] sides =
        [
            async (_, _) =>
            {
                await database.PingAsync();
                await database.PingAsync();
            },
            async (caller, i) => await (await new RedisDistributedLock($"bench-{caller}-{i}", database).AcquireAsync()).DisposeAsync(),
        ];
        var one = await Measure.CallersAsync(10, 1, 200, sides);
        var many = await Measure.CallersAsync(6, 32, 50, sides);
        var contended = new RedisDistributedLock("bench-contended", database);
        return
        [
            new("DistributedLock.Redis, 1 caller / two PINGs", one[1].Latency / one[0].Latency, null, $"{Measure.Micro(one[1].Latency)} / {Measure.Micro(one[0].Latency)}"),
            new("DistributedLock.Redis, 32 callers / two PINGs", many[1].Latency / many[0].Latency, null, $"{Measure.Micro(many[1].Latency)} / {Measure.Micro(many[0].Latency)}"),
            await ContendedRatios.OfAsync("DistributedLock.Redis", async body =>
            {
                await using var held = await contended.AcquireAsync();
                await body();
            }, null),
        ];
    }
}
