using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty;

namespace GitIntent.Reliability.Tests.Conformance;

/// <summary>Stores whose own clock decides: the machine's, which nobody moves.</summary>
public sealed class OwnClockTests
{
    [Fact]
    public async Task A_right_store_breaks_nothing_and_its_leases_are_tried()
    {
        var results = await ConformanceSuite.RunAsync(new FaultySubject("the machine's clock") { OwnClock = true });
        string.Join('\n', results.SelectMany(static r => r.Violations)).ShouldBeEmpty();
        var skipped = results.SelectMany(static r => r.Skipped).Select(static p => p.Promise.Name).ToHashSet();
        results.Single(static r => r.Check.Id == "lock-expiration").Skipped.Select(static p => p.Promise.Name).ShouldBe(["extended-handle-agrees"]);
        string[] tried = ["one-heir", "expired-not-forced", "fence-after-expiry", "wait-for-expiry", "released-to-waiter", "progress-times-out", "stale-executor-refused", "renewed", "result-expires", "expired-input-forgotten", "taken-over"];
        tried.Where(skipped.Contains).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_store_breaks_nothing_while_every_core_is_loaded()
    {
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => Task.Factory.StartNew(() =>
        {
            while (!enough.IsCancellationRequested)
                Thread.SpinWait(10_000);
        }, TaskCreationOptions.LongRunning)).ToArray();
        try
        {
            foreach (var id in new[] { "lock-expiration", "lock-administration", "idempotency-lifecycle" })
                string.Join('\n', (await ConformanceSuite.Find(id)!.RunAsync(new FaultySubject("the machine's clock") { OwnClock = true, Later = true })).Violations).ShouldBeEmpty();
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(load);
        }
    }

    [Theory]
    [InlineData(nameof(Fault.NeverExpires), "lock-expiration", "free-at-expiry")]
    [InlineData(nameof(Fault.TtlInMilliseconds), "lock-expiration", "held-until-expiry")]
    [InlineData(nameof(Fault.TtlInSeconds), "lock-expiration", "exact-lease")]
    [InlineData(nameof(Fault.SecondsOnly), "lock-expiration", "exact-lease")]
    [InlineData(nameof(Fault.ListShowsExpired), "lock-expiration", "free-at-expiry")]
    [InlineData(nameof(Fault.ExpiredReleaseSucceeds), "lock-expiration", "expired-owner-refused")]
    [InlineData(nameof(Fault.ExtendRevives), "lock-expiration", "never-revived")]
    [InlineData(nameof(Fault.FormerOwnersExtend), "lock-expiration", "superseded-owner-refused")]
    [InlineData(nameof(Fault.ExtendAddsUp), "lock-expiration", "extend-from-now")]
    [InlineData(nameof(Fault.ExtendShortens), "lock-expiration", "extend-never-shortens")]
    [InlineData(nameof(Fault.ExtendNotStored), "lock-expiration", "extended-lease-ends")]
    [InlineData(nameof(Fault.TakeoverKeepsReason), "lock-expiration", "taken-over-anew")]
    [InlineData(nameof(Fault.ExpiryClearsAll), "lock-expiration", "lease-of-one-run")]
    [InlineData(nameof(Fault.ReacquireRevives), "lock-expiration", "reacquired-is-new")]
    [InlineData(nameof(Fault.HeirChecksThenTakes), "concurrent-locking", "one-heir")]
    [InlineData(nameof(Fault.ForceOfExpiredTrue), "lock-administration", "expired-not-forced")]
    [InlineData(nameof(Fault.WaiterNotTold), "lock-scope-and-waiting", "released-to-waiter")]
    [InlineData(nameof(Fault.InputComparedBeforeExpiry), "idempotency-key-generation", "expired-input-forgotten")]
    [InlineData(nameof(Fault.PendingNeverExpires), "idempotency-lifecycle", "progress-times-out")]
    [InlineData(nameof(Fault.ExpiredExecutorCompletes), "idempotency-lifecycle", "stale-executor-refused")]
    [InlineData(nameof(Fault.RenewNotStored), "idempotency-lifecycle", "renewed")]
    [InlineData(nameof(Fault.ResultNeverExpires), "idempotency-lifecycle", "result-expires")]
    [InlineData(nameof(Fault.OutcomeTellsNobody), "idempotency-lifecycle", "wait-for-outcome")]
    public async Task A_fault_of_a_store_with_a_clock_of_its_own_is_found(string fault, string check, string promise)
    {
        var subject = new FaultySubject(fault, Enum.Parse<Fault>(fault)) { OwnClock = true };
        var result = await ConformanceSuite.Find(check)!.RunAsync(subject, new ConformanceOptions { CallTimeout = TimeSpan.FromSeconds(1) });
        result.Violations.Select(static v => v.Promise.Name).ShouldContain(promise);
    }
}
