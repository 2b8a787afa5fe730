using System.Text;
using System.Text.Json.Nodes;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Reporting;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub.Api;

[Collection(GitHubApi.Name)]
public sealed class ChecksArePublished(Fronts fronts) : PublishingTests(fronts)
{
    [Theory]
    [Bare(0, 1), ThroughPrism(0, 1)]
    [Bare(1, 1), ThroughPrism(1, 1)]
    [Bare(50, 1), ThroughPrism(50, 1)]
    [Bare(51, 2), ThroughPrism(51, 2)]
    [Bare(120, 3), ThroughPrism(120, 3)]
    public async Task Every_finding_is_annotated_in_pages_of_50(string front, int findings, int requests)
    {
        var said = await PublishAsync(CheckOf(front, Errors(findings)));

        said.ShouldBe([$"github check: published: arv / gates: {(findings == 0 ? "success" : "failure")}, {findings} of {findings} annotations"]);
        var check = Fake.Checks.ShouldHaveSingleItem();
        Annotations(check).Select(static a => (string?)a["message"]).ShouldBe(Enumerable.Range(1, findings).Select(static i => $"Error {i}"));
        ((string?)check["head_sha"], (string?)check["status"]).ShouldBe((Head, "completed"));
        Fake.Writes.Count().ShouldBe(requests);
        ShouldBePaced();
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Ten_thousand_findings_are_200_requests_a_second_apart(string front)
    {
        var said = await PublishAsync(CheckOf(front, Errors(10_000)) with { Deadline = TimeSpan.FromHours(1) });

        said.ShouldBe(["github check: published: arv / gates: failure, 10000 of 10000 annotations"]);
        Annotations(Fake.Checks.ShouldHaveSingleItem()).Count().ShouldBe(10_000);
        Fake.Writes.Count().ShouldBe(200);
        ShouldBePaced();
    }

    [Theory]
    [Bare]
    public async Task What_the_deadline_takes_is_counted_and_the_comment_stands_before_the_second_page(string front)
    {
        var said = await PublishAsync(Publication(front, Errors(10_000)));

        said[0].ShouldBe("github comment: published: #7, new");
        var sent = Annotations(Fake.Checks.ShouldHaveSingleItem()).Count();
        sent.ShouldBeInRange(1_000, 5_000);
        said[1].ShouldBe($"github check: cut: arv / gates: failure, {sent} of 10000 annotations, the worst first; {10_000 - sent} more in the report; the 90 seconds for publishing are over");
        Fake.Writes.Take(3).Select(static r => r.Path.Split('/')[^1]).ShouldBe(["check-runs", "comments", (string)Fake.Checks[0]["id"]!.ToString()]);
        Time.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(91));
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task A_second_try_of_the_same_step_finds_the_first_one(string front)
    {
        await PublishAsync(CheckOf(front, Errors(60)));
        var said = await PublishAsync(CheckOf(front, Errors(60)));

        said.ShouldBe(["github check: published: arv / gates: failure, 60 of 60 annotations"]);
        Annotations(Fake.Checks.ShouldHaveSingleItem()).Count().ShouldBe(60);
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Another_step_job_or_attempt_has_a_check_of_its_own(string front)
    {
        WorkflowContext[] contexts = [OfPull, OfPull with { Step = "__run_2" }, OfPull with { Key = "workflow\ngates (10)" }, OfPull with { Attempt = "2" }];
        foreach (var context in contexts)
            await PublishAsync(CheckOf(front, Errors(1), context));

        Fake.Checks.Select(static c => (string?)c["external_id"]).Distinct().Count().ShouldBe(contexts.Length);
    }

    [Theory]
    [Bare("Passed", false, "success")]
    [Bare("Passed", true, "neutral")]
    [Bare("Failed", false, "failure")]
    [Bare("Failed", true, "failure")]
    [Bare("Refused", false, "failure")]
    [Bare("Skipped", false, "skipped"), ThroughPrism("Skipped", false, "skipped")]
    [Bare("Skipped", true, "neutral"), ThroughPrism("Skipped", true, "neutral")]
    public async Task The_verdict_is_the_conclusion_and_unverified_is_never_a_success(string front, string verdict, bool isUnverified, string conclusion)
    {
        await PublishAsync(CheckOf(front, Errors(0) with { Verdict = Enum.Parse<Verdict>(verdict) }, isUnverified: isUnverified));

        var check = Fake.Checks.ShouldHaveSingleItem();
        ((string?)check["conclusion"]).ShouldBe(conclusion);
        ((string)check["name"]!).ShouldBe(isUnverified ? "arv / gates (not verified)" : "arv / gates");
        ((string)check["output"]!["title"]!).Contains("not verified here", StringComparison.Ordinal).ShouldBe(isUnverified);
        ((string)check["output"]!["summary"]!).Contains("not verified here", StringComparison.Ordinal).ShouldBe(isUnverified);
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task A_message_of_70_KB_and_a_summary_beyond_its_bytes_are_cut(string front)
    {
        var findings = Enumerable.Range(0, 200).Select(static i => Found(Severity.Error, new string('ä', 35_000), i + 1, $"src/{new string('日', 100)}{i}.ts")).ToArray();

        var said = await PublishAsync(CheckOf(front, With(findings)));

        said.ShouldBe(["github check: published: arv / gates: failure, 200 of 200 annotations"]);
        var check = Fake.Checks.ShouldHaveSingleItem();
        foreach (var annotation in Annotations(check))
            ((string)annotation["message"]!).ShouldEndWith("ä\n… (cut; the report has all of it)");
        var summary = (string)check["output"]!["summary"]!;
        Encoding.UTF8.GetByteCount(summary).ShouldBeInRange(50_000, 65_535);
        summary.ShouldContain("**Shortened**: ");
        summary.ShouldContain("[the workflow's run](https://github.com/octo/app/actions/runs/11)");
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Hostile_text_is_text(string front)
    {
        var said = await PublishAsync(Publication(front, Hostile));

        said.Length.ShouldBe(2);
        said.ShouldAllBe(static s => s.Contains(": published: ", StringComparison.Ordinal));
        foreach (var text in Annotations(Fake.Checks[0]).SelectMany(static a => new[] { "path", "title", "message" }.Select(n => (string)a[n]!)))
        {
            text.ShouldNotContain('\u001b');
            text.ShouldNotContain('\u202e');
        }

        string[] markdown = [(string)Fake.Checks[0]["output"]!["summary"]!, (string)Fake.Comments[0]["body"]!];
        foreach (var line in markdown.SelectMany(static m => m.Split('\n')).Where(static l => !l.StartsWith("<!-- arv:comment:", StringComparison.Ordinal) && !l.StartsWith("> [!", StringComparison.Ordinal)))
        {
            MarkdownIsInert.Prose(line).ShouldNotContain("<");
            MarkdownIsInert.Prose(line).ShouldNotContain("-->");
            MarkdownIsInert.Prose(line).ShouldNotContain("@everyone");
            line.ShouldNotContain("##[");
            line.ShouldNotContain('\u001b');
            line.ShouldNotContain('\u202e');
        }
    }

    [Theory]
    [Bare, ThroughPrism]
    public async Task Only_a_line_that_still_stands_at_the_head_keeps_its_line(string front)
    {
        // The base put two lines before line 10, changed line 20, and moved a file.
        Fake.Comparisons[$"{Head}...{Merge}"] = Shapes.Comparison(Head,
            ("src/a.ts", null, "@@ -9,2 +9,4 @@\n 9\n+new\n+new\n 10\n@@ -20 +22 @@\n-20\n+other"),
            ("src/new.ts", "src/old.ts", null),
            ("src/big.ts", null, null));
        var report = With(
            Found(Severity.Error, "kept", 3), Found(Severity.Error, "moved", 12), Found(Severity.Error, "added", 10), Found(Severity.Error, "changed", 22),
            Found(Severity.Error, "elsewhere", 5, "src/new.ts"), Found(Severity.Error, "too large", 5, "src/big.ts"), Found(Severity.Error, "untouched", 5, "src/b.ts"));

        await PublishAsync(CheckOf(front, report) with { Judged = Merge });

        Annotations(Fake.Checks.ShouldHaveSingleItem()).Select(static a => $"{a["path"]}:{a["start_line"]} {((string)a["message"]!).Split('\n')[^1]}").ShouldBe(
            ["src/a.ts:3 kept", "src/a.ts:10 moved", "src/a.ts:1 added", "src/a.ts:1 changed", "src/old.ts:5 elsewhere", "src/new.ts:1 too large".Replace("new", "big", StringComparison.Ordinal), "src/b.ts:5 untouched"]);
        ((string)Annotations(Fake.Checks[0]).ElementAt(2)["message"]!).ShouldBe("At line 10 of what was judged, 2222222222; at the head that line is another or elsewhere.\nadded");
    }

    [Theory]
    [Bare("none")]
    [Bare("elsewhere"), ThroughPrism("elsewhere")]
    public async Task Where_the_head_cannot_be_compared_no_line_is_claimed(string front, string comparison)
    {
        if (comparison == "elsewhere")
            Fake.Comparisons[$"{Head}...{Merge}"] = Shapes.Comparison(new string('3', 40));

        await PublishAsync(CheckOf(front, With(Found(Severity.Error, "x", 3))) with { Judged = Merge });

        ((int)Annotations(Fake.Checks.ShouldHaveSingleItem()).Single()["start_line"]!).ShouldBe(1);
    }

    private Publication CheckOf(string front, RunReport report, WorkflowContext? context = null, bool isUnverified = false) =>
        Publication(front, report, context, isUnverified) with { Comment = null };

    private void ShouldBePaced()
    {
        var times = Fake.Writes.Select(static r => r.At).ToList();
        times.Zip(times.Skip(1), static (a, b) => b - a).ShouldAllBe(static between => between >= TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<JsonNode> Annotations(JsonObject check) => check["annotations"]!.AsArray().Select(static a => a!);
}
