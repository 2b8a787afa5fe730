using GitIntent.Arv.GitHub;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>A report that a change made of itself is shown only where the API says that it is about this change.</summary>
[Collection(GitHubApi.Name)]
public sealed class ReportsOfOtherCommits(Fronts fronts) : PublishingTests(fronts)
{
    private const string Base = "4444444444444444444444444444444444444444";

    [Theory]
    [Bare, ThroughPrism]
    public async Task A_merge_whose_second_parent_is_the_head_is_this_change(string front)
    {
        Fake.Commits[Merge] = [Base, Head];
        Fake.Comparisons[$"{Head}...{Merge}"] = Shapes.Comparison(Head);

        (await PublishAsync(Unverified(front))).ShouldBe(
            ["github comment: published: #7, new", "github check: published: arv / gates (not verified): failure, 1 of 1 annotations"], ignoreOrder: true);
        ((string)Fake.Comments[0]["body"]!).ShouldContain(ShortMarkdown.Unverified);
    }

    [Theory]
    [Bare(Head, Base), ThroughPrism(Head, Base)]
    [Bare(Base, Base)]
    [Bare(Head)]
    [Bare(Base, Head, Head)]
    public async Task Another_commit_is_refused_and_nothing_is_written(string front, params string[] parents)
    {
        Fake.Commits[Merge] = parents;

        (await PublishAsync(Unverified(front))).ShouldBe(["github check: refused: the report is about commit 2222222222, which is neither the event's head 1111111111 nor a merge of it"]);

        Fake.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_refused()
    {
        (await PublishAsync(Unverified("fake"))).ShouldBe(["github check: refused: the report is about commit 2222222222, which is not in the repository; the event's head is 1111111111"]);

        Fake.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_API_does_not_say_it_is_refused()
    {
        Fake.Before("GET", "/git/commits/", static _ => FakeAnswer.Message(500, "Oops"));

        (await PublishAsync(Unverified("fake"))).ShouldBe(["github check: refused: the report's commit 2222222222 cannot be held against the event's: the API answered 500: Oops"]);

        Fake.Writes.ShouldBeEmpty();
    }

    private Publication Unverified(string front) => Publication(front, Errors(1), isUnverified: true) with { Judged = Merge, MustVerify = true };
}
