using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class DocsShowRealReports
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Golden.SourceFolder(), "../../.."));

    [Fact]
    public void The_console_report_in_the_docs_is_one_that_arv_prints()
    {
        var docs = Read("docs/reports.md");

        docs.ShouldContain("```\n" + File.ReadAllText(Path.Combine(ReportsMatchTheirGoldens.Folder, "failed/console.txt")) + "```\n");
    }

    [Fact]
    public async Task The_run_in_the_readme_is_the_one_of_the_sample()
    {
        var readme = Read("README.md");
        readme.ShouldContain($"```yaml\n{Read("tests/data/sample/arv.yml")}```\n");
        readme.ShouldContain($"run-all tests/data/sample\n{Read("tests/data/sample.console.txt")}```\n");

        var run = await Tool.RunAsync(Repository, "run-all", "tests/data/sample");
        run.Out.ShouldBe(Read("tests/data/sample.console.txt"));
        run.ExitCode.ShouldBe(1);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository, path)).ReplaceLineEndings("\n");
}
