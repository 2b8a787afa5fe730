using System.Text.Json;
using GitIntent.Arv.Tests.Support;
using GitIntent.Reliability;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Arv.Tests.Cli;

/// <summary>A run takes the lock of its working tree, and says what it does.</summary>
public sealed class RunsInOneTree
{
    private static readonly RunLockOptions Held = new() { Reason = "run abc" };

    [Fact]
    public async Task A_second_run_that_may_not_wait_exits_23_and_says_for_whom_it_would()
    {
        using var tree = Tree();
        await using var store = Open(tree);
        await using var other = await Lock(store);

        (await Tool.RunAsync(tree.Path, "run-all", "--no-wait")).ShouldSay(23, "another run is under way in");
        (await Tool.RunAsync(tree.Path, "run-all", "--no-wait")).ShouldSay(23, $"run abc, by {other.HolderId}");
    }

    [Fact]
    public async Task A_second_run_waits_says_for_whom_and_then_runs()
    {
        using var tree = Tree();
        await using var store = Open(tree);
        var other = await Lock(store);
        using var error = new SignallingWriter("waiting for another run in this tree: run abc");

        var run = Tool.RunAsync(tree.Path, c => c with { Error = error }, "run-all");
        await error.Seen;
        run.IsCompleted.ShouldBeFalse();
        await other.ReleaseAsync();

        (await run).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_gives_the_lock_back_and_its_fence_only_grows()
    {
        using var tree = Tree();
        (await Tool.RunAsync(tree.Path, "run-all")).ExitCode.ShouldBe(0);
        await using var store = Open(tree);
        long first;
        await using (var one = await Lock(store))
            first = one.Fence;

        (await Tool.RunAsync(tree.Path, "run-all", "--no-wait")).ExitCode.ShouldBe(0);

        await using var two = await Lock(store);
        two.Fence.ShouldBeGreaterThan(first + 1);
    }

    [Fact]
    public async Task The_lease_of_a_holder_that_died_ends()
    {
        using var tree = Tree();
        await using (var store = Open(tree))
            await new SqliteRunLockManager(store).AcquireAsync("working-tree", Held with { Ttl = TimeSpan.FromMilliseconds(50) }); // and never released

        (await Tool.RunAsync(tree.Path, "run-all")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_state_cannot_be_kept_the_run_goes_on_and_says_so()
    {
        using var tree = Tree();
        tree.Write(".arv", "a file\n");

        (await Tool.RunAsync(tree.Path, "run-all")).ShouldSay(0, "notice: another run in this tree would not be noticed: .arv cannot be used");
    }

    [Fact]
    public async Task A_state_file_that_is_none_stops_no_run()
    {
        using var tree = Tree();
        tree.Write(".arv/state.db", "this is no database, and it is longer than a header of one would be: " + new string('x', 4096));

        (await Tool.RunAsync(tree.Path, "run-all")).ShouldSay(0, "notice: another run in this tree would not be noticed");
    }

    [Fact]
    public async Task The_state_folder_ignores_itself_and_is_no_input()
    {
        using var tree = Tree();
        await Tool.RunAsync(tree.Path, "run-all");
        File.ReadAllText(tree.At(".arv/.gitignore")).ShouldBe("*\n");
        tree.Write(".arv/bad.txt", "bad\n");
        tree.Write("arv.yml", File.ReadAllText(tree.At("arv.yml")).Replace("text:", "ignored: true\n        text:", StringComparison.Ordinal));

        (await Tool.RunAsync(tree.Path, "run-all")).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task The_log_has_a_line_of_json_for_each_thing_that_happened_with_run_gate_and_check()
    {
        using var tree = Tree();
        await Tool.RunAsync(tree.Path, "run-all", "--log", "log.jsonl");

        var lines = (await File.ReadAllLinesAsync(tree.At("log.jsonl"))).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.ShouldAllBe(l => l.GetProperty("runId").GetString() == "00000000-0000-7000-8000-000000000000");
        lines.Where(l => l.TryGetProperty("stepId", out _)).Select(l => l.GetProperty("stepId").GetString()).ShouldBe(["words/bad", "words/bad", "words"]);
        lines[^1].GetProperty("message").GetString()!.ShouldStartWith("run ended: passed");
    }

    [Fact]
    public async Task A_nested_run_on_the_same_tree_stands_aside_and_one_on_another_runs()
    {
        using var tree = Tree();
        using var other = Tree();
        var real = new DirectoryInfo(tree.Path).FullName;
        Task<Tool.Result> Nested(string folder) => Tool.RunAsync(folder, c => c with { Environment = new Dictionary<string, string> { ["ARV_RUN"] = $"outer:{real}" } }, "run-all");

        (await Nested(tree.Path)).ShouldSay(0, "inside run outer");
        (await Nested(other.Path)).ShouldSay(0, "passed   words");
    }

    /// <summary>A command sees its folder without the links that led arv there: without them, too, the nested run must know it. Else it would wait for the run that waits for it.</summary>
    [LinuxFact]
    public async Task A_run_of_a_tree_behind_a_link_is_known_to_the_runs_inside_it()
    {
        using var folder = new TempFolder();
        folder.Write("real/tree/arv.yml", """
            version: 1
            gates:
              nested:
                checks:
                  inner: { include: [arv.yml], timeout: 30s, exec: { run: [sh, -c, '"$ARV_HOST" "$ARV_DLL" run-all'] } }
            """).Link("link", "real");

        (await Child.ShellAsync(folder.Path, "arv run-all link/tree")).ShouldSay(0, "passed   nested");
    }

    [Fact]
    public async Task Accepting_goldens_waits_for_a_run_in_the_same_tree()
    {
        using var tree = Tree();
        await using var store = Open(tree);
        var other = await Lock(store);
        using var error = new SignallingWriter("waiting for another run in this tree: run abc");

        var accept = Tool.RunAsync(tree.Path, c => c with { Error = error }, "goldens", "accept");
        await error.Seen;
        accept.IsCompleted.ShouldBeFalse();
        await other.ReleaseAsync();

        (await accept).ShouldSay(0, "no check has a golden");
    }

    private static TempFolder Tree() => new TempFolder()
        .Write("a.txt", "good\n")
        .Write("arv.yml", "version: 1\ngates:\n  words:\n    checks:\n      bad:\n        include: [\"*.txt\"]\n        text: { ABC001: { forbid: bad } }\n");

    private static SqliteStore Open(TempFolder tree)
    {
        Directory.CreateDirectory(tree.At(".arv"));
        return SqliteStore.Open(tree.At(".arv/state.db"));
    }

    private static ValueTask<RunLockHandle> Lock(SqliteStore store) => new SqliteRunLockManager(store).AcquireAsync("working-tree", Held);

    private sealed class SignallingWriter(string text) : StringWriter
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                _seen.TrySetResult();
        }
    }
}
