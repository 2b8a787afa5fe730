using System.Text.Json;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

public sealed class ReliabilityOnTheCommandLine : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_command_exits_by_its_checks()
    {
        var run = await Tool.RunAsync(_folder.Path, "reliability", "--json", "-");
        run.ExitCode.ShouldBe(0, run.Error);
        using var report = JsonDocument.Parse(run.Out);
        report.RootElement.GetProperty("verdict").GetString().ShouldBe("passed");
        var gate = report.RootElement.GetProperty("gates").EnumerateArray().ShouldHaveSingleItem();
        gate.GetProperty("title").GetString().ShouldBe("Reliability");
        gate.GetProperty("checks").EnumerateArray().Select(static c => (c.GetProperty("id").GetString(), c.GetProperty("title").GetString()))
            .ShouldBe(ReliabilityIds.All.Select(static c => ((string?)$"memory/{c.Id}", (string?)c.Title)));
    }

    [Fact]
    public async Task Targets_are_reported_one_after_the_other()
    {
        var run = await Tool.RunAsync(_folder.Path, "reliability", "--target", "sqlite:a.db", "--target", "memory:", "--checks", "error-types,lock-acquisition", "--seed", "3", "--json", "-");
        run.ExitCode.ShouldBe(0, run.Error);
        using var report = JsonDocument.Parse(run.Out);
        report.RootElement.GetProperty("gates")[0].GetProperty("checks").EnumerateArray().Select(static c => c.GetProperty("id").GetString())
            .ShouldBe(["sqlite/lock-acquisition", "sqlite/error-types", "memory/lock-acquisition", "memory/error-types"]);
    }

    [Theory]
    [InlineData("--target", "memory", "error: --target: ")]
    [InlineData("--checks", "locks", "expected some of lock-acquisition")]
    [InlineData("--seed", "-1", "--seed: expected a whole number")]
    public async Task Bad_input_is_a_usage_error(string option, string value, string message)
    {
        var run = await Tool.RunAsync(_folder.Path, "reliability", $"{option}={value}");
        run.ExitCode.ShouldBe(20);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_target_that_cannot_be_judged_is_refused()
    {
        var run = await Tool.RunAsync(_folder.Path, "reliability", "--target", "redis://host");
        run.ExitCode.ShouldBe(3);
        run.Out.ShouldContain("not yet available");
    }

    [Fact]
    public async Task A_run_of_nothing_else_has_judged_nothing_of_the_repository()
    {
        _folder.Write("arv.yml", "version: 1\ngates: { reliability: { checks: { memory: { reliability: { targets: [\"memory:\"], checks: [error-types] } } } } }\n");
        var run = await Tool.RunAsync(_folder.Path, "run-all", "--json", "-");
        run.ExitCode.ShouldBe(3);
        using var report = JsonDocument.Parse(run.Out);
        report.RootElement.GetProperty("reason").GetString().ShouldBe("nothing was judged");
        var check = report.RootElement.GetProperty("gates")[0].GetProperty("checks")[0];
        check.GetProperty("id").GetString().ShouldBe("memory/error-types");
        check.GetProperty("verdict").GetString().ShouldBe("passed");
        check.GetProperty("evidence").GetProperty("leftOut").GetProperty("first")[0].GetProperty("reason").GetString().ShouldBe("store of the tool's own, nothing of the repository");
    }
}
