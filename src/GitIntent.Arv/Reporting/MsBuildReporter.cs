using GitIntent.Arv.Model;
using static GitIntent.Arv.Reporting.EscapeTerminal;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// The report for the MSBuild task: a line per thing to say, its fields between tabs. Line ends and tabs of the repository are
/// spelled out, so nothing in it can look like a line or a field of ours. The last line says that the report is whole.
/// </summary>
internal sealed class MsBuildReporter : IReporter
{
    /// <summary>The version of these lines; the task refuses one that it does not know.</summary>
    private const string Version = "1";

    public string Name => "msbuild";

    public string Title => "lines for the MSBuild task";

    public void Write(RunReport report, TextWriter output)
    {
        Line("arv", Version, report.ToolVersion);
        foreach (var notice in report.Notices)
            Line("notice", notice);
        foreach (var gate in report.Gates)
        {
            Line("gate", Phrases.Of(gate.Verdict), gate.Id, gate.Reason ?? "");
            foreach (var check in gate.Checks.Where(static c => c.Verdict is Verdict.Refused or Verdict.Skipped))
                Line("check", Phrases.Of(check.Verdict), $"{gate.Id}/{check.Id}", check.Reason ?? "");
            foreach (var finding in gate.Findings.Where(static f => f.Suppressed is null))
                Write(gate, finding);
            foreach (var check in gate.Checks)
            {
                foreach (var line in LongText.OutputTail(check))
                    Line("output", $"{gate.Id}/{check.Id}", line);
            }
        }
        Line("run", Phrases.Of(report.Verdict), Phrases.Number(report.ExitCode), report.Reason ?? "", Phrases.Totals(report));

        void Write(GateReport gate, Finding finding)
        {
            var (message, more) = LongText.Split(finding.Message);
            Line("finding", Phrases.Of(finding.Severity), finding.Rule, finding.Path ?? "", Phrases.Number(finding.Span.Line), Phrases.Number(finding.Span.Column),
                $"{gate.Id}/{finding.Check}", finding.Help ?? "", finding.Remedy ?? "", message);
            foreach (var line in more)
                Line("more", line);
        }

        void Line(params ReadOnlySpan<string> fields)
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (i > 0) output.Write('\t');
                output.Write(EscapeWorkflowLog.Inline(Text(fields[i])));
            }
            output.Write('\n');
        }
    }
}
