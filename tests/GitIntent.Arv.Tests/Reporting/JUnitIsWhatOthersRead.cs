using System.Xml.Linq;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Reporting;

/// <summary>There is no one schema of JUnit files: what readers count on is judged here, and our own reader of others' files reads them.</summary>
public sealed class JUnitIsWhatOthersRead
{
    public static TheoryData<string> Samples => [.. SampleReports.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_counts_are_those_of_the_cases(string sample)
    {
        foreach (var element in Read(sample).DescendantsAndSelf().Where(static e => e.Name.LocalName is "testsuites" or "testsuite"))
        {
            var cases = element.Descendants("testcase").ToList();
            ((int)element.Attribute("tests")!).ShouldBe(cases.Count);
            ((int)element.Attribute("failures")!).ShouldBe(cases.Count(static c => c.Element("failure") is not null));
            ((int)element.Attribute("errors")!).ShouldBe(cases.Count(static c => c.Element("error") is not null));
            ((int)element.Attribute("skipped")!).ShouldBe(cases.Count(static c => c.Element("skipped") is not null));
            cases.ShouldAllBe(static c => c.Elements().Count(e => e.Name.LocalName == "failure" || e.Name.LocalName == "error" || e.Name.LocalName == "skipped") <= 1);
        }
    }

    /// <summary>A dashboard that reads only this file must not be green where the run was not.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_red_exactly_where_the_run_was(string sample)
    {
        var red = Read(sample).Descendants().Any(static e => e.Name.LocalName is "failure" or "error");
        red.ShouldBe(SampleReports.All[sample]().Verdict is Verdict.Failed or Verdict.Refused);
    }

    [Fact]
    public void A_failed_check_lists_what_it_found()
    {
        var failure = Read("failed").Descendants("failure").First();
        failure.Attribute("message")!.Value.ShouldBe("3 errors, 1 note");
        failure.Attribute("type")!.Value.ShouldBe("ADK001");
        failure.Value.ShouldContain("\nsrc/a.ts:3:7: error ADK001: ADK FastAPI serving is deprecated\n    remedy: Serve through the gateway.\n    help: docs/adk.md\n");
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var text = ReportsMatchTheirGoldens.Written(new JUnitReporter(), SampleReports.All["hostile"]());
        text.ShouldNotContain("##[");
        text.Split('\n').ShouldAllBe(static line => !line.TrimStart().StartsWith("::"));
        XDocument.Parse(text).Descendants("error").Count().ShouldBe(HostileText.All.Length + 1, "each check, and the run, which is worse than all of them");
    }

    [Fact]
    public void What_is_no_character_of_XML_is_replaced() => JUnitText.Line("a\ufffe\uffff\0\ud800").ShouldBe("a\ufffd\ufffd\\x00\ufffd");

    [ToolFact("cp")]
    public async Task It_is_read_back_by_the_reader_of_other_tools_files()
    {
        using var folder = new TempFolder();
        folder.Write("r.xml", ReportsMatchTheirGoldens.Written(new JUnitReporter(), SampleReports.All["expanded-checks"]()));
        folder.Write("arv.yml", "version: 1\ngates:\n  g:\n    checks:\n      c: { include: [r.xml], exec: { run: [cp, r.xml, \"{out}/r.xml\"], results: { file: \"{out}/r.xml\" } } }\n");

        var path = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
        var run = await Tool.RunAsync(folder.Path, c => c with { Environment = path }, "run-all");

        run.ExitCode.ShouldBe(1, run.Out + run.Error);
        run.Out.ShouldContain("payload/github@1.0.0");
        run.Out.ShouldContain("payload/slack@2.1.0");
        run.Out.ShouldNotContain("manifest/github@1.0.0");
    }

    private static XElement Read(string sample) => XDocument.Parse(ReportsMatchTheirGoldens.Written(new JUnitReporter(), SampleReports.All[sample]())).Root!;
}
