namespace GitIntent.Reliability.Tests.Locking;

public class AtTheDoor
{
    private readonly MemoryRunLockManager _locks = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("\u007f")]
    public async Task An_id_that_no_store_could_keep_is_refused_by_name(string? id)
    {
        var e = await Should.ThrowAsync<GwiValidationException>(async () => await _locks.AcquireAsync(id!));
        e.FieldErrors.Keys.ShouldBe(["runId"]);
        await Should.ThrowAsync<GwiValidationException>(async () => await _locks.AcquireAsync(new RunKey("run", id ?? "")));
    }

    [Fact]
    public async Task Unpaired_surrogates_huge_ids_and_no_key_at_all_are_refused()
    {
        foreach (var id in new[] { "a\ud800", "\udc00", new string('x', 513) })
            Should.Throw<GwiValidationException>(() => new RunKey(id)).FieldErrors.Keys.ShouldBe(["runId"]);
        await Should.ThrowAsync<GwiValidationException>(async () => await _locks.AcquireAsync(default));
        await Should.ThrowAsync<GwiValidationException>(async () => await _locks.GetLockAsync(default));
        Should.Throw<GwiValidationException>(() => new MemoryRunLockManager(new ReliabilityOptions { Tenant = "" }));
    }

    public static TheoryData<TimeSpan> Unacceptable => [TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.FromDays(3651), Timeout.InfiniteTimeSpan];

    [Theory]
    [MemberData(nameof(Unacceptable))]
    public async Task A_time_to_live_that_is_none_or_overflows_is_refused(TimeSpan ttl)
    {
        (await Should.ThrowAsync<GwiValidationException>(async () => await _locks.AcquireAsync("run", new() { Ttl = ttl }))).FieldErrors.Keys.ShouldBe(["ttl"]);
        await using var held = await _locks.AcquireAsync("run");
        await Should.ThrowAsync<GwiValidationException>(async () => await held.ExtendAsync(ttl));
        await Should.ThrowAsync<GwiValidationException>(async () => await _locks.ExtendAsync("run", held.OwnerToken, ttl));
        (await _locks.GetLockAsync("run")).ShouldBe(held.Lock);
    }

    [Fact]
    public async Task Waits_intervals_margins_caps_reasons_and_tokens_are_checked_too()
    {
        RunLockOptions[] wrong =
        [
            new() { WaitTimeout = TimeSpan.FromSeconds(-5) }, new() { WaitTimeout = TimeSpan.MaxValue }, new() { WaitTimeout = TimeSpan.FromDays(25) }, new() { RetryInterval = TimeSpan.Zero },
            new() { AutoRenewCap = TimeSpan.Zero }, new() { Margin = TimeSpan.FromSeconds(60) }, new() { Margin = TimeSpan.FromSeconds(-1) },
            new() { Reason = "a\0" }, new() { Reason = "\ud800" }, new() { Reason = new string('x', 5000) }, new() { HolderId = "" },
        ];
        foreach (var options in wrong)
            await Should.ThrowAsync<GwiValidationException>(async () => await _locks.AcquireAsync("run", options), options.ToString());
        await Should.ThrowAsync<GwiValidationException>(async () => await _locks.ReleaseAsync("run", default));
        Should.Throw<GwiValidationException>(() => OwnerToken.Parse("xyz"));
        Should.Throw<GwiValidationException>(() => OwnerToken.Parse(null));
        (await _locks.ListLocksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_defaults_are_the_published_ones()
    {
        var options = new RunLockOptions();
        (options.Ttl, options.WaitTimeout, options.RetryInterval, options.AutoRenewCap).ShouldBe((TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromMilliseconds(100), null));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await _locks.AcquireAsync("run", null, cancelled.Token));
    }

    [Fact]
    public async Task Nothing_is_allocated_beyond_the_handle_until_the_lost_token_is_asked_for()
    {
        RunKey key = "run";
        for (var i = 0; i < 300; i++)
            await (await _locks.AcquireAsync(key)).ReleaseAsync();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = await _locks.AcquireAsync(key);
        await held.ReleaseAsync();
        var once = GC.GetAllocatedBytesForCurrentThread() - before;
        once.ShouldBeLessThanOrEqualTo(160, "the handle has 144 bytes");
    }

    [Fact]
    public async Task Owner_tokens_do_not_repeat()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => OwnerToken.Create()).ToList())));
        tokens.SelectMany(t => t).Distinct().Count().ShouldBe(20_000);
    }
}
