using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub;

public sealed class RunsInAWorkflow : IDisposable
{
    private readonly TempFolder _folder = new TempFolder().Write("summary", "").Write("output", "")
        .Write("repo/bad.txt", "so bad\n")
        .Write("repo/arv.yml", """
            version: 1
            gates:
              words:
                checks:
                  bad:
                    include: ["*.txt"]
                    text:
                      ABC001: { forbid: bad, message: "::error::x ##[error]y %0A" }
            """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task By_default_every_channel_shows_the_run()
    {
        var result = await RunAsync("true", "run-all", "--json", "report.json");

        result.ExitCode.ShouldBe(1);
        var lines = result.Out.TrimEnd().Split('\n');
        lines[^4].ShouldStartWith("::error file=repo/bad.txt,line=1,endLine=1,col=4,endColumn=7,title=ABC001::\\::error::x ##\\[error]y %250A");
        lines[^3..].ShouldBe(["github commands: published: 1 annotation", "github summary: published: the whole report", "github output: published: verdict, exit-code, report, errors, warnings"]);
        lines[..^4].ShouldAllBe(static l => !l.TrimStart().StartsWith("::", StringComparison.Ordinal));
        File.ReadAllText(_folder.At("summary")).ShouldContain("ABC001");
        var output = File.ReadAllText(_folder.At("output"));
        output.ShouldContain("\nfailed\n");
        output.ShouldContain($"\n{_folder.At("repo/report.json")}\n");
    }

    [Theory]
    [InlineData("", "run-all")]
    [InlineData("true", "run-all", "--github", "off")]
    [InlineData("", "run", "words", "--github", "auto")]
    public async Task Where_it_is_off_nothing_is_said_or_written(string actions, params string[] args)
    {
        var result = await RunAsync(actions, args);

        result.ExitCode.ShouldBe(1);
        (result.Out + result.Error).ShouldNotContain("github ");
        (File.ReadAllText(_folder.At("summary")) + File.ReadAllText(_folder.At("output"))).ShouldBe("");
    }

    [Fact]
    public async Task A_channel_that_is_named_is_the_only_one_beside_the_outputs()
    {
        var result = await RunAsync("", "run", "words", "--github", "summary");

        result.Out.ShouldNotContain("::error file");
        result.Out.ShouldEndWith("github summary: published: the whole report\ngithub output: published: verdict, exit-code, report, errors, warnings\n");
    }

    [Fact]
    public async Task Outputs_alone_can_be_asked_for()
    {
        var result = await RunAsync("true", "run-all", "--github", "output");

        result.Out.ShouldNotContain("\n::error");
        result.Out.ShouldEndWith("next: dotnet arv explain ABC001\ngithub output: published: verdict, exit-code, report, errors, warnings\n");
        File.ReadAllText(_folder.At("summary")).ShouldBe("");
    }

    [Theory]
    [InlineData("so bad\n", 1)]
    [InlineData("good\n", 0)]
    public async Task A_denied_channel_leaves_the_exit_code(string text, int exitCode)
    {
        _folder.Write("repo/bad.txt", text);
        File.Delete(_folder.At("summary"));
        File.Delete(_folder.At("output"));

        var result = await RunAsync("true", "run-all");

        result.ExitCode.ShouldBe(exitCode);
        result.Out.ShouldContain("github summary: denied: ");
        result.Out.ShouldContain("github output: denied: ");
    }

    [Fact]
    public async Task A_report_on_standard_output_stays_alone_there()
    {
        var result = await RunAsync("true", "run-all", "--json", "-");

        result.Out.ShouldEndWith("}\n");
        result.Out.ShouldNotContain("::error file");
        result.Error.ShouldContain("\n::error file=repo/bad.txt");
    }

    [Theory]
    [InlineData("outputs")]
    [InlineData("commands,")]
    [InlineData("off,summary")]
    public async Task A_channel_that_is_not_there_exits_20(string where) =>
        (await RunAsync("", "run-all", "--github", where)).ShouldSay(20, $"--github: expected off, auto, or some of commands,summary,check,comment,output, found \"{where}\"");

    private Task<Tool.Result> RunAsync(string actions, params string[] args) => Tool.RunAsync(_folder.At("repo"), context => context with
    {
        Environment = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = actions,
            ["GITHUB_WORKSPACE"] = _folder.Path,
            ["GITHUB_STEP_SUMMARY"] = _folder.At("summary"),
            ["GITHUB_OUTPUT"] = _folder.At("output"),
        },
    }, args);
}
