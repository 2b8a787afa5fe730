using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub.Api;

[Collection(GitHubApi.Name)]
public sealed class CommentsAreSticky(Fronts fronts) : PublishingTests(fronts)
{
    [Theory]
    [Bare, ThroughPrism]
    public async Task One_is_written_then_edited_then_collapsed(string front)
    {
        (await PublishAsync(CommentOf(front, Errors(2)))).ShouldBe(["github comment: published: #7, new"]);
        Body().ShouldContain("Error 2");
        (await PublishAsync(CommentOf(front, Errors(1)))).ShouldBe(["github comment: published: #7, edited"]);
        Body().ShouldNotContain("Error 2");
        (await PublishAsync(CommentOf(front, Errors(1)))).ShouldBe(["github comment: published: #7, unchanged"]);
        (await PublishAsync(CommentOf(front, Errors(0)))).ShouldBe(["github comment: published: #7, edited"]);
        Body().Trim().Split('\n')[1..].ShouldBe(["`arv / gates`: passed: 1 gate"]);

        string Body() => (string)Fake.Comments.ShouldHaveSingleItem()["body"]!;
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Where_all_is_well_none_is_begun(string front)
    {
        (await PublishAsync(CommentOf(front, Errors(0)))).ShouldBe(["github comment: not needed: #7: all is well, and there is no earlier comment"]);
        Fake.Comments.ShouldBeEmpty();

        (await PublishAsync(CommentOf(front, With(Found(Severity.Warning, "x")) with { Verdict = Verdict.Passed }))).ShouldBe(["github comment: published: #7, new"]);
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Somebody_elses_with_the_same_marker_is_not_touched(string front)
    {
        var publication = CommentOf(front, Errors(1));
        Fake.AddComment("mallory", $"{publication.Comment!.Marker}\nall is well");

        (await PublishAsync(publication)).ShouldBe(["github comment: published: #7, new"]);

        Fake.Comments.Select(static c => (string)c["user"]!["login"]!).ShouldBe(["mallory", FakeGitHub.Bot]);
        ((string)Fake.Comments[0]["body"]!).ShouldEndWith("all is well");
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Behind_a_hundred_others_ours_is_found(string front)
    {
        for (var i = 0; i < 150; i++)
            Fake.AddComment("someone", "x");
        var publication = CommentOf(front, Errors(1));
        Fake.AddComment(FakeGitHub.Bot, publication.Comment!.Marker);

        (await PublishAsync(publication)).ShouldBe(["github comment: published: #7, edited"]);
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task The_token_of_a_person_edits_what_the_person_wrote(string front)
    {
        Fake.User = "octocat";
        var publication = CommentOf(front, Errors(1));
        Fake.AddComment(FakeGitHub.Bot, publication.Comment!.Marker);
        Fake.AddComment("octocat", publication.Comment.Marker);

        (await PublishAsync(publication)).ShouldBe(["github comment: published: #7, edited"]);

        ((string)Fake.Comments[1]["body"]!).ShouldContain("Error 1");
        ((string)Fake.Comments[0]["body"]!).ShouldNotContain("Error 1");
    }

    [Theory]
    [Bare]
    public async Task One_that_is_deleted_between_reading_and_editing_is_written_anew(string front)
    {
        var publication = CommentOf(front, Errors(1));
        Fake.AddComment(FakeGitHub.Bot, publication.Comment!.Marker);
        Fake.Before("PATCH", "/issues/comments/", _ =>
        {
            Fake.Comments.Clear();
            return null;
        });

        (await PublishAsync(publication)).ShouldBe(["github comment: published: #7, new"]);

        ((string)Fake.Comments.ShouldHaveSingleItem()["body"]!).ShouldContain("Error 1");
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Of_two_jobs_that_begin_one_at_the_same_time_the_later_withdraws_its_own(string front)
    {
        var publication = CommentOf(front, Errors(1));
        var isFirst = true;
        Fake.Before("POST", "/comments", _ =>
        {
            if (isFirst) Fake.AddComment(FakeGitHub.Bot, publication.Comment!.Marker);
            isFirst = false;
            return null;
        });

        (await PublishAsync(publication)).ShouldBe(["github comment: published: #7, edited"]);

        ((string)Fake.Comments.ShouldHaveSingleItem()["body"]!).ShouldContain("Error 1");
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Jobs_of_a_matrix_at_once_have_a_comment_each(string front)
    {
        var said = await Task.WhenAll(new[] { "gates (ubuntu)", "gates (windows)" }
            .Select(job => PublishAsync(CommentOf(front, Errors(1), OfPull with { Key = $"workflow\n{job}", CheckName = $"arv / {job}" }))));

        said.SelectMany(static s => s).ShouldAllBe(static s => s == "github comment: published: #7, new");
        Fake.Comments.Select(static c => ((string)c["body"]!).Split('\n')[1]).Order().ShouldBe(["### `arv / gates (ubuntu)`: failed", "### `arv / gates (windows)`: failed"]);
    }

    [Theory]
    [Bare]
    public async Task A_lost_answer_makes_no_second_comment(string front)
    {
        Fake.LoseAnswer("POST", "/comments");

        (await PublishAsync(CommentOf(front, Errors(1)))).ShouldBe(["github comment: published: #7, unchanged"]);

        Fake.Comments.ShouldHaveSingleItem();
    }

    [Theory]
    [Bare(Head, "#7, new"), ThroughPrism(Head, "#7, new")]
    [Bare(Merge, "none"), ThroughPrism(Merge, "none")]
    public async Task The_pull_request_of_a_fork_is_found_by_its_branch_and_head(string front, string head, string published)
    {
        Fake.Pulls.Add((8, "someone:other", Head));
        Fake.Pulls.Add((7, "someone:fix/a b", head));

        var said = await PublishAsync(CommentOf(front, Errors(1)) with { PullRequest = null, Source = new PullRequestHead("someone", "fix/a b") });

        said.ShouldBe([published == "none" ? "github comment: not needed: there is no open pull request with this head" : $"github comment: published: {published}"]);
    }

    private Publication CommentOf(string front, RunReport report, WorkflowContext? context = null) => Publication(front, report, context) with { Check = null };
}
