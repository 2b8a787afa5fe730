using System.Globalization;
using System.Xml;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// The form that every CI system reads: a suite for each gate, a case for each check. There is no standard; the elements are those that
/// Ant, Maven, Jenkins, GitLab and Azure agree on. Refused is <c>error</c>: it is no pass anywhere.
/// </summary>
internal sealed class JUnitReporter : IReporter
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, IndentChars = "  ", NewLineChars = "\n", NewLineHandling = NewLineHandling.None, OmitXmlDeclaration = true };

    public string Name => "junit";

    public string Title => "JUnit XML";

    public void Write(RunReport report, TextWriter output)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var xml = XmlWriter.Create(output, Settings))
            Suites(xml, report);
        output.Write('\n');
    }

    private static void Suites(XmlWriter xml, RunReport report)
    {
        // What no gate says must not look like a pass: "nothing was judged" becomes a case of its own.
        var alone = report.Verdict is Verdict.Refused or Verdict.Failed && report.Gates.All(g => g.Checks.All(c => c.Verdict < report.Verdict));
        var cases = report.Gates.SelectMany(static g => g.Checks).ToList();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "arv");
        Counts(xml, cases, alone ? 1 : 0);
        xml.WriteAttributeString("time", Seconds(report.Duration));
        foreach (var gate in report.Gates)
            Suite(xml, gate);
        if (alone) Whole(xml, report);
        xml.WriteEndElement();
    }

    private static void Suite(XmlWriter xml, GateReport gate)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", JUnitText.Line(gate.Id));
        Counts(xml, gate.Checks, 0);
        xml.WriteAttributeString("time", Seconds(gate.Duration));
        foreach (var check in gate.Checks)
        {
            StartCase(xml, gate.Id, check.Id, check.Duration);
            JUnitOutcome.Write(xml, check, [.. gate.Findings.Where(f => f.Check == check.Id)]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Whole(XmlWriter xml, RunReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "arv");
        Counts(xml, [], 1);
        xml.WriteAttributeString("time", "0.000");
        StartCase(xml, "arv", "verdict", TimeSpan.Zero);
        xml.WriteStartElement("error");
        xml.WriteAttributeString("message", JUnitText.Line(report.Reason ?? Phrases.Of(report.Verdict)));
        xml.WriteAttributeString("type", Phrases.Of(report.Verdict));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void StartCase(XmlWriter xml, string gate, string check, TimeSpan duration)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", JUnitText.Line(check));
        xml.WriteAttributeString("classname", JUnitText.Line(gate));
        xml.WriteAttributeString("time", Seconds(duration));
    }

    private static void Counts(XmlWriter xml, IReadOnlyCollection<CheckReport> checks, int more)
    {
        xml.WriteAttributeString("tests", Phrases.Number(checks.Count + more));
        xml.WriteAttributeString("failures", Phrases.Number(checks.Count(static c => c.Verdict == Verdict.Failed)));
        xml.WriteAttributeString("errors", Phrases.Number(checks.Count(static c => c.Verdict == Verdict.Refused) + more));
        xml.WriteAttributeString("skipped", Phrases.Number(checks.Count(static c => c.Verdict == Verdict.Skipped)));
    }

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
