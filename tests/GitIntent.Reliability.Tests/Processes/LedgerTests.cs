using GitIntent.Reliability.Sqlite;

namespace GitIntent.Reliability.Tests.Processes;

/// <summary>The ledger has to notice what a kill could do, before it may say that nothing happened.</summary>
public sealed class LedgerTests : IDisposable
{
    private const string Fence = "1000";
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("lock a 1000")]
    [InlineData("lock a 999")]
    [InlineData("checkpoint a 1000")]
    public void A_number_of_an_earlier_process_is_noticed(string line)
    {
        var ledger = new Ledger();
        ledger.Add($"lock first {Fence}\n");
        Should.Throw<ShouldAssertException>(() => ledger.Add($"{line}\n"));
    }

    [Fact]
    public void A_number_that_comes_twice_is_noticed_and_a_line_that_was_cut_is_not_counted()
    {
        Should.Throw<ShouldAssertException>(() => new Ledger().Add("lock a 7\nbegin b 7\n"));
        var ledger = new Ledger();
        ledger.Add("lock a 7\nbegin a 80");
        (ledger.Count, ledger.Highest).ShouldBe((1, 7));
    }

    [Theory]
    [InlineData("lock a 7\n")]
    [InlineData("lock held 7\n")]
    [InlineData("begin a 7\n")]
    [InlineData("begun a 7\n")]
    [InlineData("checkpoint a 7\n")]
    [InlineData("saved a 7\n")]
    [InlineData("released held 7\n")]
    public async Task A_step_that_the_store_has_lost_is_noticed(string said)
    {
        await using var store = SqliteStore.Open(Path.Combine(_folder, "state.db"));
        await using var held = await new SqliteRunLockManager(store).AcquireAsync("held");
        var ledger = new Ledger();
        ledger.Add(said);
        // Not Should.ThrowAsync, which lets an assertion of Shouldly's own pass where the task has failed before it is awaited.
        await Assert.ThrowsAsync<ShouldAssertException>(() => ledger.CheckAsync(store));
    }
}
