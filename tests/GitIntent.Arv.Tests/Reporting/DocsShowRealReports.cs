namespace GitIntent.Arv.Tests.Reporting;

public sealed class DocsShowRealReports
{
    [Fact]
    public void The_console_report_in_the_docs_is_one_that_arv_prints()
    {
        var docs = File.ReadAllText(Path.Combine(ReportsMatchTheirGoldens.Folder, "../../../../docs/reports.md")).ReplaceLineEndings("\n");

        docs.ShouldContain("```\n" + File.ReadAllText(Path.Combine(ReportsMatchTheirGoldens.Folder, "failed/console.txt")) + "```\n");
    }
}
