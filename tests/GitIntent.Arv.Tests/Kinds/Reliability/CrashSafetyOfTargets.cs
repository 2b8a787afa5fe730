using System.Text.Json;
using GitIntent.Arv.Tests.Support;
using GitIntent.Reliability.Sqlite;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

/// <summary>Who is killed where: a process of the command's own for a store of ours, one of the companion's for a subject of an assembly.</summary>
public sealed class CrashSafetyOfTargets : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SQLite_passes_and_leaves_nothing_behind()
    {
        var (code, check, _) = await RunAsync("sqlite:a.db", "--checks", "crash-safety");
        code.ShouldBe(0);
        (check("sqlite/crash-safety").Verdict, check("sqlite/crash-safety").Reason).ShouldBe(("passed", null));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_another_process_writes_to_is_no_obstacle_and_is_not_touched()
    {
        await using var store = SqliteStore.Open(_folder.At("a.db"));
        await using var held = await new SqliteRunLockManager(store).AcquireAsync("mine");
        var (code, _, text) = await RunAsync("sqlite:a.db", "--checks", "crash-safety,lock-acquisition");
        code.ShouldBe(0, text);
        (await new SqliteRunLockManager(store).ListLocksAsync()).ShouldHaveSingleItem().RunId.ShouldBe("mine");
    }

    [Fact]
    public async Task Memory_is_skipped_with_the_reason_and_that_is_no_obstacle()
    {
        var (code, check, _) = await RunAsync("memory:");
        code.ShouldBe(0);
        check("memory/crash-safety").ShouldBe(("skipped", "the subject is not durable: nothing of it outlives its process"));
        _folder.Write("arv.yml", """
            version: 1
            gates:
              reliability:
                checks:
                  memory: { reliability: { targets: ["memory:"] } }
                  after: { needs: [memory], files: { require: [arv.yml] } }
            """);
        using var report = JsonDocument.Parse((await Tool.RunAsync(_folder.Path, "run-all", "--json", "-")).Out);
        Of(report, "after").ShouldBe(("passed", null));
    }

    [Fact]
    public async Task Memory_is_refused_where_somebody_asked_for_just_that()
    {
        var (code, check, _) = await RunAsync("memory:", "--checks", "crash-safety");
        code.ShouldBe(3);
        check("memory/crash-safety").ShouldBe(("refused", "memory:: the subject is not durable: nothing of it outlives its process"));
        // There need be no configuration here that knows a gate "reliability".
        (await Tool.RunAsync(_folder.Path, "reliability", "--checks", "crash-safety")).Out.ShouldNotContain("next: dotnet arv explain reliability");
    }

    [Fact]
    public async Task A_command_that_cannot_be_started_once_more_refuses_the_check()
    {
        var run = await Tool.RunAsync(_folder.Path, static c => c with { Command = ["no-such-program-anywhere"] }, "reliability", "--target", "sqlite:a.db", "--checks", "crash-safety");
        run.ExitCode.ShouldBe(3, run.Out);
        run.Out.ShouldContain("sqlite:a.db: the child process cannot be started: ");
    }

    [Fact]
    public async Task A_durable_subject_of_an_assembly_is_killed_too()
    {
        var (code, check, text) = await RunAsync($"assembly:{Subjects.Durable}", "--checks", "crash-safety");
        code.ShouldBe(1, text);
        check("assembly/keeps/crash-safety").Verdict.ShouldBe("passed");
        check("assembly/saves-later/crash-safety").Verdict.ShouldBe("failed");
        check("assembly/only-once/crash-safety").Verdict.ShouldBe("refused");
        check("assembly/only-once/crash-safety").Reason!.ShouldContain("it did not come to ConformanceChild.RunAsync");
        using var report = JsonDocument.Parse(text);
        var finding = report.RootElement.GetProperty("gates")[0].GetProperty("findings").EnumerateArray().Single(static f => f.GetProperty("details").GetProperty("promise").GetString() == "killed-checkpoint-kept");
        finding.GetProperty("message").GetString()!.ShouldContain("(saves-later) breaks the promise killed-checkpoint-kept. The checkpoint after a kill is the last one that was saved");
        finding.GetProperty("details").GetProperty("history").EnumerateArray().Select(static c => c.GetProperty("call").GetString()).ShouldContain("is killed");
    }

    private async Task<(int Code, Func<string, (string? Verdict, string? Reason)> Check, string Text)> RunAsync(string target, params string[] options)
    {
        var run = await Tool.RunAsync(_folder.Path, context => AssemblyTargets.WithEnvironment(context), ["reliability", "--target", target, "--json", "-", .. options]);
        return (run.ExitCode, id =>
        {
            using var report = JsonDocument.Parse(run.Out);
            return Of(report, id);
        }, run.Out);
    }

    private static (string? Verdict, string? Reason) Of(JsonDocument report, string id)
    {
        var check = report.RootElement.GetProperty("gates")[0].GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        return (check.GetProperty("verdict").GetString(), check.GetProperty("reason").GetString());
    }
}
