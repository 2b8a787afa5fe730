using GitIntent.Arv.GitHub;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>What the API says when it does not do what is asked, and how long publishing waits for it.</summary>
[Collection(GitHubApi.Name)]
public sealed class LimitsAreHonoured(Fronts fronts) : PublishingTests(fronts)
{
    private const string Published = "github check: published: arv / gates: failure, 1 of 1 annotations";

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        Fake.Next(1, "POST", "/check-runs", static () => FakeAnswer.Message(429, "Too many requests").With("Retry-After", "30"));

        (await PublishAsync(Check())).ShouldBe([Published]);

        Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_secondary_limit_without_a_header_is_waited_for_a_minute()
    {
        Fake.Next(1, "POST", "/check-runs", static () => FakeAnswer.Message(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."));

        (await PublishAsync(Check())).ShouldBe([Published]);

        Time.Elapsed.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_limit_that_is_used_up_is_waited_for_until_its_reset()
    {
        var reset = Time.GetUtcNow().AddSeconds(20).ToUnixTimeSeconds();
        Fake.Next(1, "GET", "/check-runs", () => FakeAnswer.Message(403, "API rate limit exceeded").With("x-ratelimit-remaining", "0").With("x-ratelimit-reset", $"{reset}"));

        (await PublishAsync(Check())).ShouldBe([Published]);

        Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(21));
    }

    [Theory]
    [InlineData(429, "Too many requests")]
    [InlineData(403, "You have exceeded a secondary rate limit")]
    public async Task A_wait_beyond_the_deadline_is_not_begun(int status, string message)
    {
        Fake.Before("POST", "/check-runs", _ => FakeAnswer.Message(status, message).With("Retry-After", "3600"));

        (await PublishAsync(Check())).ShouldBe(["github check: denied: GitHub's rate limit is used up for longer than publishing may wait"]);

        Time.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_failure_of_the_server_is_asked_again_with_a_back_off()
    {
        Fake.Next(3, "GET", "/check-runs", static () => FakeAnswer.Message(502, "Bad gateway"));

        (await PublishAsync(Check())).ShouldBe([Published]);

        Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1 + 2 + 4));
    }

    [Fact]
    public async Task A_server_that_fails_for_ever_is_given_up()
    {
        Fake.Before("POST", "/check-runs", static _ => FakeAnswer.Message(500, "Oops"));

        (await PublishAsync(Check())).ShouldBe(["github check: denied: the API answered 500: Oops"]);

        Fake.Checks.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_arrived_though_the_answer_was_lost_is_not_written_twice()
    {
        Fake.LoseAnswer("POST", "/check-runs");
        Fake.LoseAnswer("PATCH", "/check-runs");

        (await PublishAsync(Check(120))).ShouldBe(["github check: published: arv / gates: failure, 120 of 120 annotations"]);

        Fake.Checks.ShouldHaveSingleItem()["annotations"]!.AsArray().Select(static a => (string)a!["message"]!).ShouldBe(Enumerable.Range(1, 120).Select(static i => $"Error {i}"));
    }

    [Fact]
    public async Task A_forks_token_is_denied_with_what_the_job_needs()
    {
        Fake.Before("POST", "/repos/", static _ => FakeAnswer.Message(403, "Resource not accessible by integration"));

        (await PublishAsync(Publication("fake", Errors(1)))).ShouldBe(
        [
            "github check: denied: the token may not do this (403: Resource not accessible by integration); the job needs checks: write, and the token of a fork or of Dependabot is read-only",
            "github comment: denied: the token may not do this (403: Resource not accessible by integration); the job needs pull-requests: write, and the token of a fork or of Dependabot is read-only",
        ]);
        Time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_channel_that_is_denied_takes_none_with_it()
    {
        Fake.Before("POST", "/check-runs", static _ => FakeAnswer.Message(403, "Resource not accessible by integration"));

        (await PublishAsync(Publication("fake", Errors(1))))[1].ShouldBe("github comment: published: #7, new");
    }

    [Fact]
    public async Task A_token_that_has_expired_is_denied() =>
        (await PublishAsync(Check(), token: "ghs_expired")).ShouldBe(["github check: denied: the token is not valid, or has expired (401)"]);

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    public async Task What_answers_a_page_is_not_the_API(int status)
    {
        Fake.Before("GET", "/", _ => new FakeAnswer(status, "<html>Sign in</html>", "text/html"));

        (await PublishAsync(Check())).ShouldBe(["github check: denied: 127.0.0.1 answers text/html, which GitHub's API never does: is GITHUB_API_URL right, or is a proxy in between?"]);
    }

    [Fact]
    public async Task Where_nobody_answers_the_reason_says_so()
    {
        var said = await PublishAsync(Check() with { Api = new Uri("http://127.0.0.1:1/") });

        said.ShouldHaveSingleItem().ShouldStartWith("github check: denied: the API cannot be reached: ");
    }

    private Publication Check(int findings = 1) => Publication("fake", Errors(findings)) with { Comment = null };
}
