using GitIntent.Arv.Kinds.Exec.Results;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>TRX and JUnit files that commands write, and files that only look like it.</summary>
[Collection(Commands.Name)]
public sealed class ResultFilesOfCommands : IDisposable
{
    private const string Green = "<testsuites><testsuite name='s' tests='2'><testcase name='a' classname='C'/><testcase name='b'/></testsuite></testsuites>";
    private const string Skips = "<testsuite><testcase name='a'/><testcase name='b'><skipped/></testcase><testcase name='c' status='notrun'/></testsuite>";

    private readonly ExecRun _run = new();

    [LinuxFact]
    public async Task Passed_tests_pass_and_are_counted()
    {
        var outcome = await Results(Green);

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldBeEmpty();
        Tests(outcome).ShouldBe("""{"total":2,"failed":0,"skipped":0}""");
    }

    [LinuxFact]
    public async Task Several_files_add_up()
    {
        _run.Repository.Write("data/net8.0.trx", Trx("Passed", "NotExecuted"));
        _run.Repository.Write("data/net9.0.trx", Trx("Passed", "Passed"));
        _run.Repository.Write("data/js.xml", Green);

        var outcome = await _run.Script("mkdir $1/a; cat data/js.xml > $1/js.xml; cat data/net8.0.trx > $1/8.trx; cat data/net9.0.trx > $1/a/9.trx", "results: { file: '{out}/**', min_tests: 5 }");

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldBeEmpty();
        Tests(outcome).ShouldBe("""{"total":6,"failed":0,"skipped":1}""");
    }

    [LinuxFact]
    public async Task Each_failed_test_is_a_finding_at_its_place()
    {
        _run.Repository.Write("tests/a.test.ts", "");
        _run.Repository.Write("tests/b_test.py", "");
        _run.Repository.Write("src/Foo Bar.cs", "");

        var outcome = await Results($"""
            <testsuites failures="4">
              <testsuite name="s" failures="4" errors="0">
                <testcase name="adds" classname="tests/a.test.ts"><failure message="expected 1 to be 2">AssertionError
             ❯ {_run.Repository.Path}/node_modules/x/y.js:1:1
             ❯ tests/a.test.ts:12:5</failure></testcase>
                <testcase name="t" classname="tests.b_test" file="tests/b_test.py" line="7"><failure message="assert"/></testcase>
                <testcase name="c"><error>   at Foo.Bar() in {_run.Repository.Path}/src/Foo Bar.cs:line 3
            </error></testcase>
                <testcase name="d"><failure message="nowhere">at /etc/passwd:3</failure></testcase>
              </testsuite>
            </testsuites>
            """, exit: 1);

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldAllBe(static finding => finding.Rule == "ARV3002" && finding.Severity == Severity.Error);
        outcome.Findings.Select(static finding => (finding.Path, finding.Span.Line)).ShouldBe(
            [("tests/a.test.ts", 12), ("tests/b_test.py", 7), ("src/Foo Bar.cs", 3), (null, 1)]);
        outcome.Findings[0].Message.ShouldBe("tests/a.test.ts > adds failed: expected 1 to be 2");
    }

    [LinuxFact]
    public async Task A_failed_test_is_a_finding_though_the_command_says_that_all_is_well()
    {
        _run.Repository.Write("tests/Unit.cs", "");

        var outcome = await Results(Trx("Passed", "Failed", "Timeout"));

        outcome.Findings.Select(static finding => finding.Message).ShouldBe(["N.Test1 failed: it broke", "N.Test2 failed: it broke"]);
        outcome.Findings[0].Path.ShouldBe("tests/Unit.cs");
        outcome.Findings[0].Span.Line.ShouldBe(42);
    }

    [LinuxFact]
    public async Task Rows_of_data_count_for_themselves()
    {
        var outcome = await Results("""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="D" outcome="Failed"><InnerResults>
                <UnitTestResult testName="D (1)" outcome="Passed" />
                <UnitTestResult testName="D (2)" outcome="Failed"><Output><ErrorInfo><Message>two</Message></ErrorInfo></Output></UnitTestResult>
              </InnerResults></UnitTestResult>
            </Results><ResultSummary outcome="Failed" /></TestRun>
            """);

        Tests(outcome).ShouldBe("""{"total":2,"failed":1,"skipped":0}""");
        outcome.Findings.Single().Message.ShouldBe("D (2) failed: two");
    }

    /// <summary>Files that the real tools wrote; the folder they ran in reads /repo.</summary>
    [LinuxTheory]
    [InlineData("vstest.trx", "T.cs:6 T.Rows(n: 2) failed|T.cs:4 T.Fails failed", 5, 1)]
    [InlineData("node.xml", "a.test.mjs:3 test.breaks failed", 3, 1)]
    public async Task Files_of_real_tools_are_read(string name, string failures, int total, int skipped)
    {
        _run.Repository.Write("T.cs", "");
        _run.Repository.Write("a.test.mjs", "");

        var outcome = await Results(Case(name).Replace("/repo", _run.Scope.Root, StringComparison.Ordinal), exit: 1);

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.Select(static finding => $"{finding.Path}:{finding.Span.Line} {finding.Message[..(finding.Message.IndexOf(" failed", StringComparison.Ordinal) + " failed".Length)]}").ShouldBe(failures.Split('|'));
        Tests(outcome).ShouldBe($$"""{"total":{{total}},"failed":{{outcome.Findings.Length}},"skipped":{{skipped}}}""");
    }

    [LinuxTheory]
    [InlineData("<testsuites/>", "no test ran: {out}/r.xml lists none")]
    [InlineData("<testsuite><testcase name='a'><skipped/></testcase></testsuite>", "no test ran: all 1 were skipped ({out}/r.xml)")]
    [InlineData("", "result file {out}/r.xml cannot be read: empty")]
    [InlineData("<testsuites><testsuite><testcase name='a'/>", "result file {out}/r.xml cannot be read: no whole XML document: ")]
    [InlineData("<TestRun><Results><UnitTestResult testName='a' outcome='Passed' /></Resul", "result file {out}/r.xml cannot be read: no whole XML document: ")]
    [InlineData("<!DOCTYPE t [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&e;'/></testsuite>", "result file {out}/r.xml cannot be read: no whole XML document: ")]
    [InlineData("<html/>", "result file {out}/r.xml cannot be read: neither TRX nor JUnit: its first element is <html>")]
    [InlineData("<TestRun><Results><UnitTestResult testName='a' outcome='Passed' /></Results><ResultSummary outcome='Aborted' /></TestRun>", "result file {out}/r.xml cannot be read: the test run did not end well")]
    public async Task Results_that_prove_nothing_are_refused(string xml, string reason)
    {
        var outcome = await Results(xml);

        outcome.Refusal.ShouldNotBeNull().ShouldStartWith(reason);
    }

    [LinuxFact]
    public async Task A_result_file_older_than_the_command_is_refused()
    {
        _run.Repository.Write("old.xml", Green);
        File.SetLastWriteTimeUtc(_run.Repository.At("old.xml"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await _run.Script("true", "results: { file: old.xml }")).Refusal.ShouldBe("result file old.xml is older than the command: it was not written by it");
        (await _run.Script("cp -p old.xml $1/", "results: { file: '{out}/*.xml' }")).Refusal.ShouldBe("result file {out}/old.xml is older than the command: it was not written by it");
        (await _run.Script("touch old.xml", "results: { file: old.xml }")).Refusal.ShouldBeNull();
        (await _run.Script("touch -d 2100-01-01 old.xml", "results: { file: old.xml }")).Refusal.ShouldBe("result file old.xml has a time in the future");
    }

    [LinuxFact]
    public async Task A_result_file_that_is_missing_is_refused_and_the_exit_code_still_counts()
    {
        var outcome = await _run.Script("exit 2", "results: { file: '{out}/r.xml' }");

        outcome.Refusal.ShouldBe("result file {out}/r.xml is not there: the command did not write it");
        outcome.Findings.Single().Rule.ShouldBe("ARV3001");
    }

    [LinuxFact]
    public async Task A_result_file_that_is_a_link_to_elsewhere_is_refused()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("r.xml", Green);

        var outcome = await _run.Script($"ln -s {elsewhere.At("r.xml")} $1/r.xml; touch {elsewhere.At("r.xml")}", "results: { file: '{out}/r.xml' }");

        outcome.Refusal.ShouldBe("result file {out}/r.xml is a link that leads out of its folder");
    }

    [LinuxTheory]
    [InlineData("min_tests: 2", "ARV3005", "1 tests ran, expected at least 2 (skipped: 2)")]
    [InlineData("max_skipped: 1", "ARV3006", "2 tests were skipped, expected at most 1")]
    [InlineData("min_tests: 1, max_skipped: 2", null, null)]
    public async Task Too_few_tests_and_too_many_skips_are_findings(string limits, string? rule, string? message)
    {
        var outcome = await Results(Skips, limits);

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.Select(static finding => (finding.Rule, finding.Message)).ShouldBe(rule is null ? [] : [(rule, message!)]);
    }

    [LinuxFact]
    public async Task A_suite_that_counts_more_failures_than_it_lists_has_failed()
    {
        var outcome = await Results("<testsuites><testsuite name='broken' errors='1'/><testsuite name='s'><testcase name='a'/></testsuite></testsuites>");

        outcome.Findings.Single().Message.ShouldBe("broken failed: the suite counts 1 failed, and lists 0");
    }

    [Fact]
    public void A_file_of_500_MB_is_refused_unread()
    {
        using var file = new HugeStream(500L << 20);

        Should.Throw<ResultException>(() => ResultReader.Read(file, new TestResults())).Message.ShouldBe("larger than 256 MB");
    }

    [Fact]
    public void Depth_is_no_danger()
    {
        var xml = string.Concat(Enumerable.Repeat("<testsuite>", 100_000)) + "<testcase name='a'/>" + string.Concat(Enumerable.Repeat("</testsuite>", 100_000));
        var results = new TestResults();

        ResultReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml)), results);

        results.Total.ShouldBe(1);
    }

    [LinuxTheory]
    [InlineData("{\\\"bytes\\\": 900}", null, null)]
    [InlineData("{\\\"bytes\\\": 1100}", "ARV3007", null)]
    [InlineData("{\\\"bytes\\\": \\\"900\\\"}", "ARV3007", null)]
    [InlineData("{\\\"bytes\\\": 900, \\\"__proto__\\\": {}}", "ARV3007", null)]
    [InlineData("{\\\"bytes\\\":", null, "JSON result {out}/r.json:2:1 cannot be read")]
    public async Task A_json_result_is_held_to_its_budget(string json, string? rule, string? reason)
    {
        _run.Repository.Write("budget.json", """{ "required": ["bytes"], "properties": { "bytes": { "type": "integer", "maximum": 1000 } }, "additionalProperties": false }""");

        var outcome = await _run.Script($"echo \"{json}\" > $1/r.json", "json: { file: '{out}/r.json', schema: budget.json }");

        outcome.Findings.Select(static finding => finding.Rule).ShouldBe(rule is null ? [] : [rule]);
        if (reason is null)
            outcome.Refusal.ShouldBeNull();
        else
            outcome.Refusal.ShouldNotBeNull().ShouldStartWith(reason);
    }

    [LinuxFact]
    public async Task A_json_result_of_ten_thousand_levels_is_refused()
    {
        _run.Repository.Write("budget.json", "{}");
        _run.Repository.Write("deep.json", new string('[', 10_000) + new string(']', 10_000));

        var outcome = await _run.Script("cat deep.json > $1/r.json", "json: { file: '{out}/r.json', schema: budget.json }");

        outcome.Refusal.ShouldNotBeNull().ShouldStartWith("JSON result {out}/r.json:1:");
    }

    public void Dispose() => _run.Dispose();

    private Task<CheckOutcome> Results(string xml, string limits = "", int exit = 0)
    {
        _run.Repository.Write("results", xml);
        return _run.Script($"cat results > $1/r.xml; exit {exit}", $"results: {{ file: '{{out}}/r.xml'{(limits.Length == 0 ? "" : ", " + limits)} }}");
    }

    private static string Case(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GitIntent.Arv.sln")))
            folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "tests/GitIntent.Arv.Tests/Kinds/Exec/Cases", name));
    }

    private static string Tests(CheckOutcome outcome) => outcome.Details!.Value.GetProperty("tests").GetRawText();

    private static string Trx(params string[] outcomes) =>
        "<?xml version=\"1.0\"?><TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\"><Results>"
        + string.Concat(outcomes.Select(static (outcome, i) =>
            $"<UnitTestResult testName=\"N.Test{i}\" outcome=\"{outcome}\"><Output><TextMessages><Message>noise</Message></TextMessages><ErrorInfo><Message>it broke</Message><StackTrace>   at N.Test{i}() in /_/tests/Unit.cs:line 42</StackTrace></ErrorInfo></Output></UnitTestResult>"))
        + "</Results><ResultSummary outcome=\"Completed\" /></TestRun>";

    private sealed class HugeStream(long length) : MemoryStream
    {
        public override long Length => length;
    }
}
