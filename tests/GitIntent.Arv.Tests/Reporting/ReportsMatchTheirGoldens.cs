using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class ReportsMatchTheirGoldens
{
    public static string Folder { get; } = Path.Combine(Golden.SourceFolder(), "Cases");

    private static readonly Dictionary<string, IReporter> Forms = new()
    {
        ["console.txt"] = new ConsoleReporter(new ConsoleOptions()),
        ["console-actions.txt"] = new ConsoleReporter(new ConsoleOptions(WorkflowLog: true)),
        ["console-terminal.txt"] = new ConsoleReporter(new ConsoleOptions(Terminal: true)),
        ["report.json"] = new JsonReporter(),
        ["report.md"] = new MarkdownReporter(),
        ["report.sarif"] = new SarifReporter(),
        ["report.junit.xml"] = new JUnitReporter(),
        ["msbuild.txt"] = new MsBuildReporter(),
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var @case in SampleReports.All.Keys)
        {
            foreach (var file in Forms.Keys)
                cases.Add(@case, file);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_report_in_each_form(string @case, string file) =>
        Golden.ShouldMatch(Written(Forms[file], SampleReports.All[@case]()), Path.Combine(Folder, @case, file));

    [Fact]
    public void No_golden_is_left_over() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(static f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .ShouldBe(SampleReports.All.Keys.SelectMany(static c => Forms.Keys.Select(f => $"{c}/{f}")), ignoreOrder: true);

    internal static string Written(IReporter reporter, RunReport report)
    {
        using var output = new StringWriter { NewLine = "\r\n" }; // the host's line end must not matter
        reporter.Write(report, output);
        return output.ToString();
    }
}
