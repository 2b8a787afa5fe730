using System.Reflection;
using System.Text.Json;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Arv.Tests.Support;
using GitIntent.Reliability.Conformance;
using Microsoft.Data.Sqlite;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

public sealed class AssembliesInARun : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_documented_sample_is_the_one_that_is_built_and_passes()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Subjects.Sample)!, "..", "..", ".."));
        var page = File.ReadAllText(Path.Combine(folder, "..", "..", "conformance.md"));
        page.ShouldContain($"```csharp\n{File.ReadAllText(Path.Combine(folder, "MySubject.cs"))}```");

        var run = await Judge(Subjects.Sample);
        run.ExitCode.ShouldBe(0, run.Out + run.Error);
        run.Out.ShouldContain("assembly/idempotency-execution");
        run.Out.ShouldContain(": the subject offers no idempotency store");
    }

    [Fact]
    public async Task Findings_are_those_of_a_subject_in_the_commands_own_process()
    {
        var subject = (ConformanceSubject)Activator.CreateInstance(Assembly.LoadFrom(Subjects.Hostile).GetType("GitIntent.Subjects.Hostile.ReturnsNull")!)!;
        var result = await ConformanceSuite.Find("lock-acquisition")!.RunAsync(subject, new ConformanceOptions { Seed = 5 });
        var findings = new ReliabilityFindings($"assembly:{Subjects.Hostile} (returns-null)", seed: 5);
        var here = result.Violations.Select(v => findings.Of(BrokenPromise.Of(v), "lock-acquisition", FindingSettings.Default))
            .Select(static f => (f.Rule, f.Message, f.Remedy, f.Help, Details: f.Details!.Value.ToString())).OrderBy(static f => f.Message, StringComparer.Ordinal).ToList();

        var there = (await ReportOf("--seed", "5", "--checks", "lock-acquisition", "--check-timeout", "3s")).Where(static f => Text(f, "check") == "assembly/returns-null/lock-acquisition")
            .Select(static f => (Rule: Text(f, "rule")!, Message: Text(f, "message")!, Remedy: Text(f, "remedy"), Help: Text(f, "help"), Details: JsonSerializer.Serialize(f.GetProperty("details")))).ToList();
        there.ShouldBe(here);
        there.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task The_history_that_breaks_a_promise_is_on_the_console()
    {
        var run = await Judge(Subjects.Hostile, "--checks", "lock-acquisition", "--check-timeout", "3s");
        run.ExitCode.ShouldBe(1, run.Out + run.Error);
        run.Out.ShouldMatch(@"\| number +fromMs +toMs +caller +call +result +overlaps\n    \| 1 ");
    }

    [Fact]
    public async Task In_arv_yml_it_is_judged_as_part_of_the_repository_and_what_needs_it_waits()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Subjects.Sample)!))
            File.Copy(file, _folder.At(Path.GetFileName(file)));
        _folder.Write("arv.yml", """
            version: 1
            gates:
              stores:
                checks:
                  mine: { reliability: { targets: ["assembly:My.Locks.dll"] } }
                  both: { reliability: { targets: ["memory:", "assembly:My.Locks.dll"], checks: [lock-acquisition] } }
                  after: { needs: [mine, both], files: { require: [arv.yml] } }

            """);
        var run = await Tool.RunAsync(_folder.Path, AssemblyTargets.WithEnvironment, "run-all", "--json", "-");
        run.ExitCode.ShouldBe(0, run.Out + run.Error);
        var checks = Checks(run.Out);
        checks["mine/lock-acquisition"].ShouldBe("passed");
        checks["mine/idempotency-execution"].ShouldBe("skipped");
        checks["both/memory/lock-acquisition"].ShouldBe("passed");
        checks["both/assembly/lock-acquisition"].ShouldBe("passed");
        checks["after"].ShouldBe("passed");

        run = await Tool.RunAsync(_folder.Path, AssemblyTargets.WithEnvironment, "run-all", "--no-exec", "--json", "-");
        checks = Checks(run.Out);
        checks["mine"].ShouldBe("skipped");
        checks["both/memory/lock-acquisition"].ShouldBe("passed");
        checks["both/assembly"].ShouldBe("skipped");
    }

    [Fact]
    public async Task A_subject_sees_no_token_and_a_report_shows_none()
    {
        var run = await Tool.RunAsync(
            _folder.Path,
            static c => AssemblyTargets.WithEnvironment(c) is var context ? context with { Environment = new Dictionary<string, string>(context.Environment) { ["GITHUB_TOKEN"] = "the-token-of-the-job" } } : context,
            "reliability", "--target", $"assembly:{Subjects.Hostile}", "--checks", "lock-acquisition", "--check-timeout", "3s", "--json", "-");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Out.ShouldContain("(tells) ended the process, by SIGABRT: Process terminated. GITHUB_TOKEN is not there; here is one: ***");
        run.Out.ShouldNotContain("ghp_");
    }

    [LinuxFact]
    public async Task A_store_file_that_another_process_holds_is_refused_or_judged_but_never_touched()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.At("held.db")};Pooling=false");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA locking_mode=EXCLUSIVE; CREATE TABLE mine (a); BEGIN EXCLUSIVE; INSERT INTO mine VALUES (1);";
        await command.ExecuteNonQueryAsync();

        var run = await Child.ShellAsync(_folder.Path, "arv reliability --target sqlite:held.db --checks error-types");
        run.ExitCode.ShouldBe(3, run.Out + run.Error);
        run.Out.ShouldContain("sqlite: ");
    }

    private Task<Tool.Result> Judge(string assembly, params string[] options) =>
        Tool.RunAsync(_folder.Path, AssemblyTargets.WithEnvironment, ["reliability", "--target", $"assembly:{assembly}", .. options]);

    private async Task<JsonElement[]> ReportOf(params string[] options)
    {
        var run = await Judge(Subjects.Hostile, [.. options, "--json", "-"]);
        using var report = JsonDocument.Parse(run.Out);
        return [.. report.RootElement.GetProperty("gates")[0].GetProperty("findings").EnumerateArray().Select(static f => f.Clone())];
    }

    private static string? Text(JsonElement finding, string name) => finding.GetProperty(name).GetString();

    private static Dictionary<string, string> Checks(string report)
    {
        using var document = JsonDocument.Parse(report);
        return document.RootElement.GetProperty("gates")[0].GetProperty("checks").EnumerateArray()
            .ToDictionary(static c => c.GetProperty("id").GetString()!, static c => c.GetProperty("verdict").GetString()!, StringComparer.Ordinal);
    }
}
