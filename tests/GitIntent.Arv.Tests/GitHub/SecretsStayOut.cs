using System.Text.Json;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub;

/// <summary>Secrets in what a run finds, in every form that it is told in.</summary>
public sealed class SecretsStayOut : IDisposable
{
    private const string Known = "hunter2-hunter2";
    private const string Shaped = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly TempFolder _folder = new TempFolder().Write("summary", "").Write("output", "")
        .Write($"repo/a-{Known}.txt", "bad\n").Write($"repo/b-{Shaped}.txt", "bad\n")
        .Write("repo/names.json", $$"""{ "name": "{{Known}}", "other": "{{Shaped}}" }""")
        .Write($"repo/dirs/{Known}/x", "x\n")
        .Write("repo/print.sh", $"echo {Known}; echo {Shaped} >&2; exit 3\n")
        .Write("repo/arv.yml", """
            version: 1
            gates:
              words:
                checks:
                  bad:
                    include: ["*.txt"]
                    text: { ABC001: { forbid: bad } }
              equal:
                checks:
                  names: { include: [names.json], data: { equal: [[/name, one], [/other, two]] } }
              each:
                for_each: { path: dirs/*/, as: '(?<id>.+)' }
                checks:
                  there: { files: { require: ["{path}/y"] } }
              commands:
                checks:
                  prints: { exec: { run: [sh, print.sh] } }
            """);

    private readonly Dictionary<string, string> _secrets = new() { ["DEPLOY_TOKEN"] = Known };

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Of_every_report_channel_and_log()
    {
        var result = await RunAsync(_secrets, [.. Reporters.All.SelectMany(static r => new[] { "--" + r.Name, "../report." + r.Name }), "--log", "../log"]);

        result.ExitCode.ShouldBe(1, result.Out + result.Error);
        var told = Told(result);
        told.Keys.ShouldContain("report.sarif");
        foreach (var (channel, text) in told)
        {
            text.ShouldNotContain(Known, Case.Sensitive, channel);
            text.ShouldNotContain(Shaped, Case.Sensitive, channel);
        }

        foreach (var channel in told.Keys.Except(["output", "stdout.txt", "stderr.txt"]))
            told[channel].ShouldContain(channel is "summary" or "report.markdown" ? "\\*" : "***", Case.Sensitive, channel);
        told["stdout.txt"].ShouldBe("***\n");
        told["stderr.txt"].ShouldBe("***\n");
    }

    [LinuxFact]
    public async Task And_a_value_that_nobody_calls_a_secret_is_shown()
    {
        var result = await RunAsync([], ["--json", "../report.json"]);

        var told = Told(result);
        told["report.json"].ShouldContain(Known);
        told["stdout.txt"].ShouldBe(Known + "\n");
    }

    [LinuxFact]
    public async Task No_fingerprint_changes()
    {
        await RunAsync(_secrets, ["--json", "../masked.json"]);
        await RunAsync([], ["--json", "../plain.json"]);

        var masked = Fingerprints("masked.json");
        masked.Count.ShouldBeGreaterThan(5);
        masked.ShouldBe(Fingerprints("plain.json"));
    }

    [Fact]
    public async Task Of_errors_of_the_command_line()
    {
        var result = await RunAsync(_secrets, ["--only", $"{Known},{Shaped}"]);

        result.ExitCode.ShouldBe(20);
        result.Error.ShouldContain("there is no gate \"***\"");
        result.Error.ShouldNotContain(Shaped);
    }

    private List<string> Fingerprints(string report)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.At(report)));
        return [.. json.RootElement.GetProperty("gates").EnumerateArray().SelectMany(static g => g.GetProperty("findings").EnumerateArray()).Select(static f => f.GetProperty("fingerprint").GetString()!)];
    }

    /// <summary>Everything that anybody can read after the run, by its name.</summary>
    private Dictionary<string, string> Told(Tool.Result result)
    {
        var kept = Directory.GetFiles(_folder.At("repo/.arv/runs"), "*.txt", SearchOption.AllDirectories);
        var told = Directory.GetFiles(_folder.Path).Concat(kept).ToDictionary(static f => Path.GetFileName(f), File.ReadAllText);
        told["standard output"] = result.Out;
        return told;
    }

    private Task<Tool.Result> RunAsync(Dictionary<string, string> secrets, string[] args) => Tool.RunAsync(_folder.At("repo"), context => context with
    {
        Environment = new Dictionary<string, string>(secrets)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = _folder.At("repo"),
            ["GITHUB_STEP_SUMMARY"] = _folder.At("summary"),
            ["GITHUB_OUTPUT"] = _folder.At("output"),
        },
    }, ["run-all", .. args]);
}
