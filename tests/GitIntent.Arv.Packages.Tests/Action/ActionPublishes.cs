using GitIntent.Arv.Packages.Tests.Support;
using GitIntent.Arv.Tests.GitHub.Api;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <summary>The step of the action that has the token.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class ActionPublishes(Feed feed) : IDisposable
{
    private readonly FakeGitHub _api = new();

    public void Dispose() => _api.Dispose();

    [UnixFact]
    public async Task A_red_pull_request_gets_a_check_and_a_comment()
    {
        using var user = feed.Empty().Write("sub/arv.yml", Templates.Gates).Write("sub/a.cs", "// forbidden words\n");

        var run = await OfPullRequest(user).With("args", "sub").RunAsync();

        run.Succeeded.ShouldBeFalse();
        run.Outputs["exit-code"].ShouldBe("1", run.Log);
        run.Log.ShouldContain("github check: published");
        run.Log.ShouldContain("github comment: published");
        var check = _api.Checks.Single();
        ((string?)check["conclusion"]).ShouldBe("failure");
        ((string?)check["annotations"]![0]!["path"]).ShouldBe("sub/a.cs");
        ((string?)_api.Comments.Single()["body"])!.ShouldContain("WRD001");
        _api.Requests.ShouldAllBe(static r => r.Token == Workflow.Token);
    }

    [UnixTheory]
    [InlineData("// allowed words\n", 0)]
    [InlineData("// forbidden words\n", 1)]
    public async Task A_token_that_may_not_write_changes_no_result(string text, int exitCode)
    {
        using var user = feed.Empty().Write("arv.yml", Templates.Gates).Write("a.cs", text);
        _api.Before("POST", "", static _ => FakeAnswer.Message(403, "Resource not accessible by integration"));

        var run = await OfPullRequest(user).RunAsync();

        run.Succeeded.ShouldBe(exitCode == 0, run.Log);
        run.Outputs["exit-code"].ShouldBe($"{exitCode}");
        run.Log.ShouldContain("github check: denied: ");
        run.Log.ShouldContain(exitCode == 0 ? "github comment: not needed: " : "github comment: denied: "); // a green run makes no comment
    }

    [UnixTheory]
    [InlineData("github", "off")]
    [InlineData("github", "commands,summary")]
    [InlineData("token", "")]
    public async Task Where_it_is_not_wanted_nothing_is_asked_of_the_API(string input, string value)
    {
        using var user = feed.Empty().Write("arv.yml", Templates.Gates).Write("a.cs", "// forbidden words\n");

        var run = await OfPullRequest(user).With(input, value).RunAsync();

        run.Outputs["verdict"].ShouldBe("failed", run.Log);
        run.Log.ShouldNotContain("github check");
        _api.Requests.ShouldBeEmpty();
        run.Commands.Any().ShouldBe(value != "off");
        (run.Summary.Length > 0).ShouldBe(value != "off");
    }

    [UnixFact]
    public async Task The_commands_of_the_repository_end_before_the_token_is_there()
    {
        using var user = feed.Empty().Write("arv.yml", "version: 1\ngates:\n  tests:\n    checks:\n      look: { exec: { run: [sh, -c, 'env; cat /proc/$PPID/environ; exit 1'] } }\n");

        var run = await OfPullRequest(user).RunAsync();

        run.Outputs["verdict"].ShouldBe("failed", run.Log);
        _api.Checks.Count.ShouldBe(1);
        foreach (var step in run.Steps)
            step.Result.Output.ShouldNotContain(Workflow.Token);
        Directory.GetFiles(user.At(".arv/runs"), "*", SearchOption.AllDirectories).ShouldAllBe(static file => !File.ReadAllText(file).Contains(Workflow.Token));
    }

    /// <summary>A pull request whose head is the commit that is checked out.</summary>
    private Workflow OfPullRequest(Sandbox user)
    {
        foreach (var arguments in new[] { "init -q", "add .", "-c user.name=a -c user.email=a@b commit -qm first" })
            Git(user, arguments);
        var head = Git(user, "rev-parse HEAD").Trim();
        user.Write("../event.json", $$"""{ "action": "opened", "pull_request": { "number": 7, "head": { "sha": "{{head}}", "repo": { "full_name": "octo/app" } }, "base": { "sha": "{{head}}" } } }""");
        return Workflow.OfTag(user).Environment("GITHUB_EVENT_NAME", "pull_request").Environment("GITHUB_EVENT_PATH", user.At("../event.json"))
            .Environment("GITHUB_SHA", head).Environment("GITHUB_REPOSITORY", FakeGitHub.Repository).Environment("GITHUB_API_URL", _api.Address.AbsoluteUri.TrimEnd('/'))
            .Environment("GITHUB_GRAPHQL_URL", _api.Address.AbsoluteUri + "graphql").Environment("GITHUB_JOB", "gates").Environment("GITHUB_RUN_ID", "1");
    }

    private static string Git(Sandbox user, string arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = user.Folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output;
    }
}
