using System.Text;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Tests.Reporting;
using GitIntent.Arv.Tests.Support;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub;

public sealed class SummaryOfAStep : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(11)]
    public void It_is_the_whole_report_where_there_is_room(int findings)
    {
        _folder.Write("summary", "");

        Write(Errors(findings)).ShouldBe("github summary: published: the whole report");

        File.ReadAllText(_folder.At("summary")).ShouldBe(ReportsMatchTheirGoldens.Written(new MarkdownReporter(), Errors(findings)));
    }

    [Fact]
    public void It_is_appended_apart_from_what_is_there()
    {
        _folder.Write("summary", "before");

        Write(Errors(1));

        File.ReadAllText(_folder.At("summary")).ShouldStartWith("before\n\n# ");
    }

    [Theory]
    [InlineData(0, "published")]
    [InlineData(900_000, "cut")]
    [InlineData(StepSummary.Limit - 2_002, "cut")]
    [InlineData(StepSummary.Limit - 2_001, "denied")]
    [InlineData(StepSummary.Limit, "denied")]
    public void It_never_takes_the_file_over_the_limit(int before, string outcome)
    {
        _folder.Write("summary", new string('x', before));

        var account = Write(Errors(10_000));

        account.ShouldStartWith($"github summary: {outcome}: ");
        new FileInfo(_folder.At("summary")).Length.ShouldBeInRange(before, StepSummary.Limit);
        if (outcome == "denied") new FileInfo(_folder.At("summary")).Length.ShouldBe(before);
    }

    [Fact]
    public void What_is_cut_is_counted_and_the_reader_is_told_where_it_is()
    {
        _folder.Write("summary", new string('x', StepSummary.Limit - 5_000));

        var account = Write(Errors(10_000));

        var shown = File.ReadAllText(_folder.At("summary")).Split("**error**").Length - 1;
        shown.ShouldBeGreaterThan(10);
        account.ShouldContain($"{10_000 - shown} findings left out");
        File.ReadAllText(_folder.At("summary")).ShouldEndWith($"**Shortened**: {10_000 - shown} findings and all details found no room here. The whole report is in the log of this step.\n");
    }

    [Fact]
    public void A_short_one_of_a_hostile_report_is_inert_and_within_its_limit()
    {
        var (text, _) = ShortMarkdown.Write(Hostile, 500_000, new ShortMarkdownOptions("# arv", "All of it is elsewhere.", IsUnverified: true));

        Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(500_000);
        text.Split('\n').ShouldAllBe(static l => !MarkdownIsInert.Prose(l).Contains('<') && !MarkdownIsInert.Prose(l).Contains("@everyone"));
        text.ShouldNotContain("##[");
        text.ShouldNotContain('\u001b');
        text.ShouldNotContain('\u202e');
        text.Split('\n').ShouldAllBe(static l => !l.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_denied_with_the_reason()
    {
        StepSummary.Write(Errors(1), file: null).ToString().ShouldBe("github summary: denied: GITHUB_STEP_SUMMARY names no file");
        Write(Errors(1)).ShouldStartWith("github summary: denied: the file that GITHUB_STEP_SUMMARY names cannot be written: ");
        File.Exists(_folder.At("summary")).ShouldBeFalse();
        StepSummary.Write(Errors(1), _folder.Path).Outcome.ShouldBe(ChannelOutcome.Denied);
        StepSummary.Write(Errors(1), "nul\0").Outcome.ShouldBe(ChannelOutcome.Denied);
    }

    [UnixFact]
    public void A_file_without_the_right_to_write_is_denied()
    {
        _folder.Write("summary", "before");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.At("summary"), UnixFileMode.UserRead);

        AsNobody.Do(() => Write(Errors(1)).ShouldContain("denied"));

        File.ReadAllText(_folder.At("summary")).ShouldBe("before");
    }

    private string Write(RunReport report) => StepSummary.Write(report, _folder.At("summary")).ToString();
}
