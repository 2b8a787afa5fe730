using GitIntent.Arv.GitHub;
using GitIntent.Arv.Tests.Support;
using static GitIntent.Arv.Tests.GitHub.WorkflowReports;

namespace GitIntent.Arv.Tests.GitHub;

public sealed class OutputsOfAStep
{
    [Fact]
    public void Each_stands_between_words_that_are_not_in_it()
    {
        using var folder = new TempFolder().Write("out", "earlier=1");
        var words = 0;

        var account = StepOutput.Write(Errors(2), folder.At("out"), "/w3\nowned=1\n/report.json", () => $"w{++words}");

        account.ToString().ShouldBe("github output: published: verdict, exit-code, report, errors, warnings");
        File.ReadAllText(folder.At("out")).ShouldBe(
            "earlier=1\nverdict<<w1\nfailed\nw1\nexit-code<<w2\n1\nw2\nreport<<w4\n/w3\nowned=1\n/report.json\nw4\nerrors<<w5\n2\nw5\nwarnings<<w6\n0\nw6\n");
    }

    [Fact]
    public void A_file_that_is_not_there_is_denied()
    {
        using var folder = new TempFolder();
        StepOutput.Write(Errors(0), folder.At("out"), "", static () => "w").ToString().ShouldStartWith("github output: denied: the file that GITHUB_OUTPUT names cannot be written: ");
        StepOutput.Write(Errors(0), file: null, "", static () => "w").ToString().ShouldBe("github output: denied: GITHUB_OUTPUT names no file");
    }

    [LinuxFact]
    public void A_pipe_that_nobody_reads_is_denied_and_not_waited_for()
    {
        using var folder = new TempFolder();
        Run.Program("mkfifo", [folder.At("out")], folder.Path);

        StepOutput.Write(Errors(0), folder.At("out"), "", static () => "w").ToString().ShouldBe("github output: denied: what GITHUB_OUTPUT names is not a file");
        StepSummary.Write(Errors(0), folder.At("out")).ToString().ShouldBe("github summary: denied: what GITHUB_STEP_SUMMARY names is not a file");
    }
}
