using System.Text;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub;

public sealed class EventsAreRead : IDisposable
{
    private const string Head = "1111111111111111111111111111111111111111";
    private const string Sha = "2222222222222222222222222222222222222222";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pull_request", """{ "pull_request": { "number": 7, "head": { "sha": "HEAD" } } }""", Head, 7)]
    [InlineData("pull_request_target", """{ "pull_request": { "number": 7, "head": { "sha": "HEAD" } } }""", Head, 7)]
    [InlineData("push", """{ "after": "HEAD", "head_commit": { "id": "HEAD" } }""", Head, null)]
    [InlineData("push", """{ "after": "3333333333333333333333333333333333333333", "head_commit": { "id": "HEAD" } }""", Head, null)] // an annotated tag
    [InlineData("merge_group", """{ "merge_group": { "head_sha": "HEAD" } }""", Head, null)]
    [InlineData("workflow_run", """{ "workflow_run": { "head_sha": "HEAD" } }""", Head, null)]
    [InlineData("workflow_dispatch", "{}", Sha, null)]
    [InlineData("schedule", "{}", Sha, null)]
    [InlineData("a_new_one", "{}", Sha, null)]
    public void The_commit_is_the_head_and_never_the_merge(string name, string json, string head, int? pullRequest)
    {
        var happened = Read(name, json);

        (happened.Head, happened.PullRequest, happened.Fault).ShouldBe((head, pullRequest, null));
    }

    [Fact]
    public void A_run_for_a_fork_names_its_branch_and_its_own_run()
    {
        var happened = Read("workflow_run", """{ "workflow_run": { "id": 12345678901, "head_sha": "HEAD", "head_branch": "fix", "head_repository": { "owner": { "login": "someone" } }, "pull_requests": [] } }""");

        (happened.Source, happened.SourceRun).ShouldBe((new PullRequestHead("someone", "fix"), "12345678901"));
    }

    [Theory]
    [InlineData("pull_request", "{}", "the event pull_request has no commit at pull_request.head.sha")]
    [InlineData("pull_request", """{ "pull_request": { "head": { "sha": "main" } } }""", "the event pull_request has no commit at pull_request.head.sha")]
    [InlineData("push", """{ "after": "0000000000000000000000000000000000000000", "head_commit": null }""", "the event push has no commit at head_commit.id")]
    [InlineData("merge_group", "[1]", "the event file holds no JSON object")]
    [InlineData("pull_request", "{", "the event file is not JSON: ")]
    [InlineData("", "{}", "GITHUB_EVENT_NAME is not set")]
    public void An_event_without_a_commit_says_so_and_the_merge_does_not_stand_in(string name, string json, string fault)
    {
        var happened = Read(name, json);

        happened.Fault.ShouldNotBeNull().ShouldStartWith(fault);
        if (name.Length > 0) happened.Head.ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_missing_or_huge_is_a_fault_and_no_exception()
    {
        WorkflowEventReader.Read("pull_request", _folder.At("gone"), Sha).Fault.ShouldNotBeNull().ShouldStartWith("the event file cannot be read: ");
        WorkflowEventReader.Read("pull_request", null, Sha).Fault.ShouldBe("GITHUB_EVENT_PATH names no file");
        _folder.Write("huge", new byte[WorkflowEventReader.LargestFile + 1]);
        var huge = WorkflowEventReader.Read("pull_request", _folder.At("huge"), Sha);
        (huge.Head, huge.Fault).ShouldBe((null, "the event file has more than 26214400 bytes, and GitHub sends no such event"));
        // What the file would say is said by GITHUB_SHA, too.
        WorkflowEventReader.Read("push", _folder.At("gone"), Sha).Head.ShouldBe(Sha);
    }

    [Theory]
    [InlineData("https://api.github.com", "https://api.github.com/")]
    [InlineData("https://ghe.example.com/api/v3", "https://ghe.example.com/api/v3/")]
    [InlineData("https://api.octo.ghe.com", "https://api.octo.ghe.com/")]
    [InlineData("http://127.0.0.1:4010", "http://127.0.0.1:4010/")]
    [InlineData("http://ghe.example.com/api/v3", null)]
    [InlineData("nowhere", null)]
    public void The_address_of_the_API_is_the_runners_and_encrypted(string address, string? api) =>
        Context(("GITHUB_API_URL", address)).Api?.AbsoluteUri.ShouldBe(api);

    [Fact]
    public void Outside_a_workflow_there_is_no_event()
    {
        var context = WorkflowContext.Read(static _ => null);

        (context.Event.Head, context.Event.Fault).ShouldBe((null, "this is no workflow of GitHub Actions (GITHUB_ACTIONS is not \"true\")"));
    }

    [Fact]
    public void Workflow_job_and_matrix_make_the_key()
    {
        var keys = new[]
        {
            Context(), Context(("ARV_MATRIX", "null")), Context(("ARV_MATRIX", """{ "os": "ubuntu", "net": 10 }""")), Context(("ARV_MATRIX", """{ "os": "windows", "net": 10 }""")),
            Context(("GITHUB_WORKFLOW", "other")), Context(("GITHUB_JOB", "other")),
        }.Select(static c => c.Key).ToList();

        keys[1].ShouldBe(keys[0]);
        keys.Distinct().Count().ShouldBe(5);
        Context(("ARV_MATRIX", """{ "os": "ubuntu", "net": 10 }""")).CheckName.ShouldBe("arv / gates (ubuntu, 10)");
        Context(("ARV_KEY", "mine")).CheckName.ShouldBe("arv / mine");
    }

    private static WorkflowContext Context(params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_JOB"] = "gates", ["GITHUB_WORKFLOW"] = "CI", ["GITHUB_REPOSITORY"] = "octo/app", ["GITHUB_RUN_ID"] = "11" };
        foreach (var (name, value) in variables)
            all[name] = value;
        return WorkflowContext.Read(all.GetValueOrDefault);
    }

    private WorkflowEvent Read(string name, string json)
    {
        _folder.Write("event", Encoding.UTF8.GetBytes(json.Replace("HEAD", Head, StringComparison.Ordinal)));
        return WorkflowEventReader.Read(name, _folder.At("event"), Sha);
    }
}
