using GitIntent.Arv.Tests.GitHub.Api;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub;

/// <summary><c>run-all</c> in a pull request's job that has a token.</summary>
[Collection(GitHubApi.Name)]
public sealed class RunsArePublished : IDisposable
{
    private readonly FakeGitHub _fake;
    private readonly TempFolder _folder = new TempFolder().Write("summary", "").Write("output", "")
        .Write("repo/sub/bad.txt", "so bad\n").Write("repo/.git/HEAD", $"{PublishingTests.Head}\n").Write("repo/.git/config", "[core]\n").Write("repo/.git/refs/heads/.keep").Write("repo/.git/objects/.keep")
        .Write("repo/sub/arv.yml", """
            version: 1
            gates:
              words: { checks: { bad: { include: ["*.txt"], text: { ABC001: { forbid: bad, message: "It is bad" } } } } }
              commands: { checks: { prints: { exec: { run: [sh, -c, "env > seen; cat seen"] } } } }
            """);

    private readonly Dictionary<string, string> _environment;

    public RunsArePublished(Fronts fronts)
    {
        ArgumentNullException.ThrowIfNull(fronts);
        _fake = fronts.Fake;
        _fake.Reset();
        _folder.Write("event", $$"""{ "pull_request": { "number": 7, "head": { "sha": "{{PublishingTests.Head}}" } } }""");
        _environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = _folder.Path,
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "octo/app",
            ["GITHUB_API_URL"] = _fake.Address.AbsoluteUri.TrimEnd('/'),
            ["GITHUB_GRAPHQL_URL"] = new Uri(_fake.Address, "graphql").AbsoluteUri,
            ["GITHUB_EVENT_NAME"] = "pull_request",
            ["GITHUB_EVENT_PATH"] = _folder.At("event"),
            ["GITHUB_WORKSPACE"] = _folder.At("repo"),
            ["GITHUB_STEP_SUMMARY"] = _folder.At("summary"),
            ["GITHUB_OUTPUT"] = _folder.At("output"),
            ["GITHUB_JOB"] = "gates",
            ["GITHUB_WORKFLOW"] = "CI",
            ["GITHUB_RUN_ID"] = "100",
            ["GITHUB_TOKEN"] = FakeGitHub.Token,
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root) _environment["DOTNET_ROOT"] = root;
    }

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task With_a_token_the_check_has_the_annotations_and_the_pull_request_a_comment()
    {
        var result = await RunAsync();

        result.ExitCode.ShouldBe(1, result.Out + result.Error);
        result.Out.TrimEnd().Split('\n')[^5..].ShouldBe(
        [
            "github commands: not needed: the check has the annotations", "github summary: published: the whole report",
            "github check: published: arv / gates: failure, 1 of 1 annotations", "github comment: published: #7, new", "github output: published: verdict, exit-code, report, errors, warnings",
        ]);
        ((string)_fake.Checks.ShouldHaveSingleItem()["annotations"]![0]!["path"]!).ShouldBe("sub/bad.txt");
        // The command of the change printed its environment into a file of the tree: the token is not in it.
        var seen = File.ReadAllText(_folder.At("repo/sub/seen"));
        seen.ShouldContain("GITHUB_REPOSITORY=");
        seen.ShouldNotContain(FakeGitHub.Token);
    }

    [Theory]
    [InlineData("so bad\n", 1)]
    [InlineData("good\n", 0)]
    public async Task A_forks_token_leaves_the_annotations_to_the_commands_and_the_exit_code_alone(string text, int exitCode)
    {
        _folder.Write("repo/sub/bad.txt", text);
        _fake.Before("POST", "/repos/", static _ => FakeAnswer.Message(403, "Resource not accessible by integration"));

        var result = await RunAsync("--no-exec");

        result.ExitCode.ShouldBe(exitCode, result.Out + result.Error);
        result.Out.ShouldContain("github check: denied: the token may not do this (403: Resource not accessible by integration)");
        result.Out.ShouldContain("github commands: published: ");
        if (exitCode == 1) result.Out.ShouldContain("::error file=sub/bad.txt,");
    }

    [LinuxFact]
    public async Task A_channel_that_is_named_and_cannot_be_says_why()
    {
        _environment.Remove("GITHUB_EVENT_PATH");

        var result = await RunAsync("--github", "check,comment");

        result.ShouldSay(1, "github check: denied: GITHUB_EVENT_PATH names no file\ngithub comment: denied: GITHUB_EVENT_PATH names no file\n");
        result.Out.ShouldNotContain("::error file");
        _fake.Requests.ShouldBeEmpty();
    }

    private Task<Tool.Result> RunAsync(params string[] args) => Tool.RunAsync(_folder.At("repo/sub"), context => context with { Environment = _environment }, ["run-all", .. args]);
}
