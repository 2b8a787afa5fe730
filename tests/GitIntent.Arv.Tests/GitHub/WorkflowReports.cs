using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Reporting;

namespace GitIntent.Arv.Tests.GitHub;

/// <summary>Reports with as many findings as a test wants.</summary>
internal static class WorkflowReports
{
    public static readonly RunReport Hostile = SampleReports.All["hostile"]();

    public static RunReport Errors(int count) => With([.. Enumerable.Range(1, count).Select(static i => Found(Severity.Error, $"Error {i}", i))]);

    public static RunReport With(params Finding[] findings)
    {
        var report = SampleReports.All["all-passed"]();
        return report with
        {
            Verdict = findings.Length == 0 ? Verdict.Passed : Verdict.Failed,
            ExitCode = findings.Length == 0 ? 0 : 1,
            Gates = [report.Gates[0] with { Verdict = findings.Length == 0 ? Verdict.Passed : Verdict.Failed, Findings = [.. findings] }],
        };
    }

    public static Finding Found(Severity severity, string message, int line = 1, string path = "src/a.ts") => new()
    {
        Check = "serving",
        Rule = "ADK001",
        Severity = severity,
        Message = message,
        Path = path,
        Span = new TextSpan(line, 7, line, 9),
        Fingerprint = new string('f', 64),
    };
}
