using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Tests.GitHub.Api;
using GitIntent.Arv.Tests.Reporting;
using GitIntent.Arv.Tests.Support;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub;

/// <summary><c>dotnet arv annotate</c> as a job runs it: with the companion as a process of its own.</summary>
[Collection(GitHubApi.Name)]
public sealed class ReportsAreAnnotated : IDisposable
{
    private const string Head = PublishingTests.Head;
    private const string Merge = PublishingTests.Merge;

    private readonly FakeGitHub _fake;
    private readonly TempFolder _folder = new TempFolder().Write("summary", "");
    private readonly Dictionary<string, string> _environment;

    public ReportsAreAnnotated(Fronts fronts)
    {
        ArgumentNullException.ThrowIfNull(fronts);
        _fake = fronts.Fake;
        _fake.Reset();
        _fake.Pulls.Add((7, "someone:fix", Head));
        _folder.Write("event", $$"""{ "workflow_run": { "id": 99, "head_sha": "{{Head}}", "head_branch": "fix", "head_repository": { "owner": { "login": "someone" } } } }""");
        _environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = _folder.Path,
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "octo/app",
            ["GITHUB_API_URL"] = _fake.Address.AbsoluteUri,
            ["GITHUB_GRAPHQL_URL"] = new Uri(_fake.Address, "graphql").AbsoluteUri,
            ["GITHUB_EVENT_NAME"] = "workflow_run",
            ["GITHUB_EVENT_PATH"] = _folder.At("event"),
            ["GITHUB_SHA"] = new string('9', 40),
            ["GITHUB_STEP_SUMMARY"] = _folder.At("summary"),
            ["GITHUB_JOB"] = "publish",
            ["GITHUB_WORKFLOW"] = "Publish",
            ["GITHUB_RUN_ID"] = "100",
            ["ARV_GITHUB_TOKEN"] = FakeGitHub.Token,
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root) _environment["DOTNET_ROOT"] = root;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_change_reports_of_itself_is_neutral_at_best_and_said_to_be_unverified()
    {
        Write(Errors(0), Merge);
        _fake.Commits[Merge] = [new string('4', 40), Head];

        var result = await RunAsync("report.json");

        result.ExitCode.ShouldBe(0, result.Out + result.Error);
        result.Out.ShouldBe("""
            Verdict and findings: reported by the pull request, not verified here.
            github check: published: arv / publish (not verified): neutral, 0 of 0 annotations
            github comment: not needed: #7: all is well, and there is no earlier comment

            """);
        var check = _fake.Checks.ShouldHaveSingleItem();
        ((string?)check["conclusion"], (string?)check["head_sha"], (string?)check["details_url"]).ShouldBe(("neutral", Head, "https://github.com/octo/app/actions/runs/99"));
    }

    [Fact]
    public async Task Findings_of_a_fork_reach_check_and_comment()
    {
        Write(Errors(2), Head);

        var result = await RunAsync("report.json");

        result.ExitCode.ShouldBe(0, result.Out + result.Error);
        result.Out.ShouldContain("github check: published: arv / publish (not verified): failure, 2 of 2 annotations\ngithub comment: published: #7, new\n");
        ((string)_fake.Comments.ShouldHaveSingleItem()["body"]!).ShouldContain("> This was reported by the pull request, not verified here");
        _fake.Requests.ShouldAllBe(static r => r.Token == FakeGitHub.Token);
        File.ReadAllText(_folder.At("summary")).ShouldBe("");
    }

    [Fact]
    public async Task A_trusted_report_is_a_success()
    {
        Write(Errors(0), Head);

        (await RunAsync("report.json", "--trusted")).Out.ShouldContain("github check: published: arv / publish: success, 0 of 0 annotations\n");
    }

    [Theory]
    [InlineData(Merge, "the report is about commit 2222222222, which is neither")]
    [InlineData(null, "the report names no commit")]
    public async Task A_report_about_another_commit_is_shown_nowhere(string? commit, string why)
    {
        Write(Errors(2), commit);
        _fake.Commits[Merge] = [Head, new string('4', 40)];

        var result = await RunAsync("report.json", "--github", "commands,summary,check,comment");

        result.ShouldSay(3, $"github check: refused: {why}");
        result.Out.ShouldNotContain("::error");
        _fake.Writes.ShouldBeEmpty();
        File.ReadAllText(_folder.At("summary")).ShouldBe("");
    }

    [Theory]
    [InlineData(null, "there is no token: give it in ARV_GITHUB_TOKEN or GITHUB_TOKEN; the job needs checks: write and pull-requests: write")]
    [InlineData(" ", "there is no token")]
    [InlineData("ghs_expired", "the token is not valid, or has expired (401)")]
    public async Task Without_a_check_the_summary_takes_over(string? token, string why)
    {
        Write(Errors(2), Head);
        if (token is null)
            _environment.Remove("ARV_GITHUB_TOKEN");
        else
            _environment["ARV_GITHUB_TOKEN"] = token;

        var result = await RunAsync("report.json");

        result.ShouldSay(0, $"github check: denied: {why}");
        result.Out.ShouldContain("github summary: published: all findings\n");
        File.ReadAllText(_folder.At("summary")).ShouldContain("not verified here");
    }

    [Fact]
    public async Task Without_a_summary_the_commands_take_over_and_claim_no_file()
    {
        Write(Errors(1), Head);
        _environment.Remove("ARV_GITHUB_TOKEN");
        _environment["GITHUB_STEP_SUMMARY"] = _folder.At("gone");

        var result = await RunAsync("report.json");

        result.Out.ShouldContain("::error title=ADK001::src/a.ts:1: Error 1\n");
        result.ShouldSay(0, "github commands: published: 1 annotation");
    }

    [Fact]
    public async Task Where_no_channel_can_be_used_it_exits_41()
    {
        Write(Errors(1), Head);
        _environment.Remove("ARV_GITHUB_TOKEN");

        (await RunAsync("report.json", "--github", "check,comment")).ShouldSay(41, "github comment: denied: there is no token");
    }

    [Fact]
    public async Task A_prefix_leads_to_the_root_of_the_report()
    {
        Write(Errors(1), Head);

        await RunAsync("report.json", "--prefix", "./api/", "--github", "check");

        ((string)_fake.Checks.ShouldHaveSingleItem()["annotations"]![0]!["path"]!).ShouldBe("api/src/a.ts");
        (await RunAsync("report.json", "--prefix", "../api")).ShouldSay(20, "--prefix: expected a folder in the repository, such as src/api, found \"../api\"");
    }

    [Fact]
    public async Task Ten_thousand_findings_are_read()
    {
        Write(Errors(10_000), Head);
        _environment.Remove("ARV_GITHUB_TOKEN");

        (await RunAsync("report.json")).ShouldSay(0, "github summary: published: all findings\n");
    }

    [Fact]
    public async Task On_a_laptop_it_says_what_it_has_read()
    {
        Write(Errors(2), Head);
        _environment["GITHUB_ACTIONS"] = "";

        (await RunAsync("report.json")).ShouldSay(0, "report.json: failed: 1 of 1 gate, 2 errors; shown nowhere: this is no workflow of GitHub Actions\n");
        (await RunAsync("report.json", "--github", "check")).ShouldSay(3, "there is no commit to hold the report against: this is no workflow of GitHub Actions");
    }

    [Fact]
    public async Task A_report_is_what_was_written()
    {
        Write(Hostile, Head);

        var result = await RunAsync("report.json", "--github", "check");

        result.ShouldSay(0, "github check: published: ");
        result.Out.Split('\n').ShouldAllBe(static l => !l.TrimStart().StartsWith("::", StringComparison.Ordinal));
        var open = Hostile.Gates.SelectMany(static g => g.Findings).Count(static f => f is { Suppressed: null, Path: not null });
        _fake.Checks.ShouldHaveSingleItem()["annotations"]!.AsArray().Count.ShouldBe(open);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<html>Sign in</html>", "1:1")]
    [InlineData("[]", "1:1: this is no report of arv, version 1")]
    [InlineData("""{ "schemaVersion": 1 }""", "1:1: this is no report of arv, version 1: ")]
    [InlineData("""{ "schemaVersion": 2, "new": true }""", " the report has schema version 2; this arv reads version 1: use the arv that wrote it, or a newer one")]
    public async Task What_is_no_report_exits_20_and_says_where(string text, string why)
    {
        _folder.Write("report.json", text);

        (await RunAsync("report.json")).ShouldSay(20, $"error: report.json:{why}");
        _fake.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("src/../../x")]
    public async Task A_path_that_leaves_the_repository_is_no_report(string path)
    {
        Write(With(Found(Severity.Error, "x", 1, path)), Head);

        (await RunAsync("report.json")).ShouldSay(20, $"\"{path}\" is no path in a repository");
    }

    [Fact]
    public async Task A_report_that_is_missing_or_too_large_says_so()
    {
        (await RunAsync("gone.json")).ShouldSay(21, "error: gone.json: there is no such file; expected the report that run-all --json wrote");
        _folder.Write("report.json", new byte[(64 << 20) + 1]);
        (await RunAsync("report.json")).ShouldSay(20, "error: report.json: the report has more than 64 MB");
    }

    private void Write(RunReport report, string? commit) => _folder.Write("report.json",
        ReportsMatchTheirGoldens.Written(new JsonReporter(), report with { Repository = new RepositoryState(commit, commit is null ? null : false) }));

    private Task<Tool.Result> RunAsync(params string[] args) => Tool.RunAsync(_folder.Path, context => context with { Environment = _environment }, ["annotate", .. args]);
}
