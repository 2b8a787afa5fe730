using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Schemas;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class SarifIsWhatCodeScanningTakes
{
    private const string SchemaFile = "@microsoft/sarif-multitool-linux/sarif-2.1.0.json";
    private const string Multitool = "@microsoft/sarif-multitool-linux/Sarif.Multitool";

    [NodeModuleFact(SchemaFile)]
    public void Every_sample_satisfies_the_schema_of_SARIF()
    {
        var schema = Schema();
        foreach (var (name, report) in SampleReports.All)
            schema.Validate(Node(Written(report())), CancellationToken.None).Select(v => $"{name}: {v}").ShouldBeEmpty();
    }

    [NodeModuleFact(SchemaFile)]
    public void A_member_that_SARIF_does_not_know_is_seen_by_it() =>
        Schema().IsValid(Node(Written(SampleReports.All["failed"]()).Replace("\"ruleIndex\"", "\"ruleNumber\"", StringComparison.Ordinal)), CancellationToken.None).ShouldBeFalse();

    [NodeModuleFact(Multitool)]
    public void The_multitool_finds_no_error_in_any_sample()
    {
        using var folder = new TempFolder();
        foreach (var (name, report) in SampleReports.All)
            folder.Write($"{name}.sarif", Written(report()));
        folder.Write("bad.sarif", Written(SampleReports.All["failed"]()).Replace("\"startLine\": 3,", "\"startLine\": 9,", StringComparison.Ordinal));

        var bad = Validate(folder, "bad");
        bad.ShouldContain("SARIF1007"); // a region that ends before it starts: the check can fail
        foreach (var name in SampleReports.All.Keys)
            Validate(folder, name).ShouldBe("", name);
    }

    [Fact]
    public void A_finding_says_where_and_what_to_do_and_which_it_is()
    {
        var run = Run(Written(SampleReports.All["failed"]()));
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];
        rule.GetProperty("id").GetString().ShouldBe("ADK001");
        rule.GetProperty("help").GetProperty("text").GetString().ShouldBe("Serve through the gateway.\nSee docs/adk.md\nMore: dotnet arv explain ADK001");

        var result = run.GetProperty("results")[0];
        result.GetProperty("ruleId").GetString().ShouldBe("ADK001");
        result.GetProperty("level").GetString().ShouldBe("error");
        result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString().ShouldBe(SampleReports.All["failed"]().Gates[0].Findings[1].Fingerprint);
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        place.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("src/a.ts");
        place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void A_gate_that_could_not_judge_is_no_success()
    {
        var invocation = Run(Written(SampleReports.All["refused"]())).GetProperty("invocations")[0];
        invocation.GetProperty("executionSuccessful").GetBoolean().ShouldBeFalse();
        invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("level").GetString().ShouldBe("error");
    }

    [Fact]
    public void More_results_than_an_upload_may_have_are_counted_and_the_worst_are_kept()
    {
        var report = Many(25_001, static i => i == 25_000 ? Severity.Error : Severity.Warning, static i => "m");
        var run = Run(Written(report));
        var results = run.GetProperty("results");
        results.GetArrayLength().ShouldBe(25_000);
        results[0].GetProperty("level").GetString().ShouldBe("error");
        run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString()
            .ShouldBe("25000 of 25001 findings are in this file, the worst first: code scanning takes no more. The JSON report has all of them.");
    }

    [Fact]
    public void An_upload_never_grows_over_the_limit_when_it_is_packed()
    {
        const long limit = 500_000;
        var report = Many(2_000, static _ => Severity.Error, static i => string.Concat(Enumerable.Range(0, 40).Select(n => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{i}/{n}"))))));
        using var text = new StringWriter();
        new SarifReporter(byteLimit: limit).Write(report, text);

        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        packed.Length.ShouldBeInRange(limit / 2, limit);
        Run(text.ToString()).GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString()!.ShouldContain(" of 2000 findings");
    }

    [Theory]
    [InlineData("a b/c:d.ts", "a%20b/c%3Ad.ts")]
    [InlineData("c:d.ts", "c%3Ad.ts")]
    [InlineData("näyttö/#1?.py", "n%C3%A4ytt%C3%B6/%231%3F.py")]
    public void A_path_is_a_relative_address(string path, string uri)
    {
        SarifText.Uri(path).ShouldBe(uri);
        new Uri(new Uri("file:///r/"), uri).LocalPath.ShouldBe("/r/" + path);
    }

    [Fact]
    public void Text_makes_no_link() => SarifText.Lines("see [this](https://evil.example)\n\u202e").ShouldBe("see [this\\](https://evil.example)\n\\u{202E}");

    private static RunReport Many(int count, Func<int, Severity> severity, Func<int, string> message)
    {
        var sample = SampleReports.All["failed"]();
        var finding = sample.Gates[0].Findings[1];
        return sample with { Gates = [sample.Gates[0] with { Findings = [.. Enumerable.Range(0, count).Select(i => finding with { Severity = severity(i), Message = message(i) })] }] };
    }

    private static string Validate(TempFolder folder, string name)
    {
        var program = NodeModules.Find(Multitool);
        var output = folder.At($"{name}.verdict.sarif");
        Support.Run.Program("sh", ["-c", "chmod +x \"$0\"; \"$0\" validate \"$1\" --output \"$2\" --log ForceOverwrite --level Error --kind Fail >/dev/null 2>&1 || :", program, folder.At($"{name}.sarif"), output], folder.Path);
        return string.Join(", ", Run(File.ReadAllText(output)).GetProperty("results").EnumerateArray().Select(static r => $"{r.GetProperty("ruleId")}: {r.GetProperty("message")}"));
    }

    private static string Written(RunReport report) => ReportsMatchTheirGoldens.Written(new SarifReporter(), report);

    private static JsonElement Run(string sarif) => JsonDocument.Parse(sarif).RootElement.GetProperty("runs")[0];

    private static JsonSchema Schema()
    {
        var errors = new List<SchemaError>();
        var path = NodeModules.Find(SchemaFile);
        var schema = JsonSchema.Read(DocumentReader.Read(path, File.ReadAllBytes(path), DocumentFormat.Json, DocumentLimits.Default), SchemaOptions.Strict, errors);
        errors.Select(static e => e.ToString()).ShouldBeEmpty();
        return schema!;
    }

    private static DocNode Node(string json) => DocumentReader.Read("x.sarif", Encoding.UTF8.GetBytes(json), DocumentFormat.Json, DocumentLimits.Default);
}
